import ResilienceCore
import Synchronization

/// Runs work on two threads that begin together, and ends when both have.
///
/// Each thread measures the processor time of its own work: neither the start of threads counts, nor the time in which other programs have a
/// processor. What threads cost each other by sharing memory does.
struct TwoThreads: Sendable {
  private static let count = 2

  private final class Meeting: Sendable {
    let arrived = Atomic(0)
    let ended = Atomic(0)
    let failures = Atomic(0)
    /// Of all threads together, in nanoseconds.
    let time = Atomic<UInt64>(0)
  }

  /// - Returns: The nanoseconds that one thread took in the mean.
  /// - Throws: ``ThreadFailure`` when work threw, or a thread could not be started.
  static func run(_ count: Int, _ work: @escaping @Sendable (Int) throws -> Void) throws -> Double {
    let meeting = Meeting()
    for _ in 0..<Self.count {
      let thread = startThread {
        meeting.arrived.wrappingAdd(1, ordering: .acquiringAndReleasing)
        while meeting.arrived.load(ordering: .acquiring) < Self.count {}
        do {
          let time = try processorTime { try work(count) }
          meeting.time.wrappingAdd(UInt64(max(time * 1e9, 0)), ordering: .relaxed)
        } catch {
          meeting.failures.wrappingAdd(1, ordering: .relaxed)
        }
        meeting.ended.wrappingAdd(1, ordering: .releasing)
      }
      guard thread != nil else { throw ThreadFailure() }
    }
    while meeting.ended.load(ordering: .acquiring) < Self.count { pause() }
    if meeting.failures.load(ordering: .relaxed) > 0 { throw ThreadFailure() }
    return Double(meeting.time.load(ordering: .relaxed)) / Double(Self.count)
  }

  /// Sleeps for a tenth of a millisecond, which leaves both processors to the threads.
  private static func pause() {
    TimeSource.system.blockThread(until: TimeSource.system.now.advanced(by: 100_000))
  }
}

struct ThreadFailure: Error {}
