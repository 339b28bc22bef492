import CAllocationCounter
import Testing

@testable import ResilienceCore

/// What breakers weigh, to the byte: there can be a million of them.
@Suite(.enabled(if: allocation_counter_is_available())) struct BreakerMemoryTests {
  private static let host = BreakerHost(chance: Chance(seed: 1))
  private static let rate = CircuitBreakerSettings(failureRate: .percent(50), open: .init(.seconds(60)))

  private static func bytes(_ object: AnyObject) -> UInt64 {
    unsafe heap_bytes_of_block(UnsafeRawPointer(Unmanaged.passUnretained(object).toOpaque()))
  }

  /// The blocks that a breaker asks for, and the bytes of the one that it is itself.
  private static func cost(_ settings: CircuitBreakerSettings) -> (blocks: UInt64, bytes: UInt64) {
    let numbers = BreakerNumbers(settings)
    // What the runtime makes once for all breakers is made with the first.
    _ = CircuitBreaker("first", numbers, host: host)
    let before = allocation_count_of_thread()
    let breaker = CircuitBreaker("database", numbers, host: host)
    return (allocation_count_of_thread() - before, bytes(breaker))
  }

  @Test("A breaker without a window is one block of 128 bytes")
  func withoutWindow() {
    let cost = Self.cost(.standard)
    #expect(cost.blocks == 1)
    #expect(cost.bytes <= 128)
  }

  @Test("A window of 100 calls is one block of 64 bytes, and 80 once a call was slow")
  func countWindow() {
    let cost = Self.cost(Self.rate)
    #expect(cost.blocks == 2)
    #expect(cost.bytes <= 128)
    var window = CountWindow(capacity: 100)
    var counts = WindowCounts()
    #expect(Self.bytes(window.words.object) <= 64)
    _ = window.record(failed: true, slow: true, in: &counts)
    #expect(Self.bytes(window.words.object) <= 80)
  }

  @Test("A window of time is one block of 128 bytes, and 176 once a call was slow")
  func timeWindow() {
    var settings = Self.rate
    settings.window = .time(.seconds(10))
    let cost = Self.cost(settings)
    #expect(cost.blocks == 2)
    #expect(cost.bytes <= 128)
    var window = TimeWindow(bucket: 1_000_000_000)
    var counts = WindowCounts()
    #expect(Self.bytes(window.words.object) <= 128)
    _ = window.record(failed: true, slow: true, at: Instant(nanoseconds: 1), in: &counts)
    #expect(Self.bytes(window.words.object) <= 176)
  }
}
