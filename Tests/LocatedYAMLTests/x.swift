import LocatedYAML
import Testing
@Test func v() { #expect(versionOfYAML() == 2) }
