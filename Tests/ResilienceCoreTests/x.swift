import ResilienceCore
import Testing
@Test func w() { #expect(1 == 1) }
