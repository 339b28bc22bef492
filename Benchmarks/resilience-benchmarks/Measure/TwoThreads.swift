import ResilienceCore
import Synchronization

/// Runs work on two threads that begin together, and ends when both have.
struct TwoThreads: Sendable {
  private static let count = 2

  private final class Meeting: Sendable {
    let arrived = Atomic(0)
    let ended = Atomic(0)
    let failures = Atomic(0)
  }

  /// - Throws: ``ThreadFailure`` when work threw, or a thread could not be started.
  static func run(_ count: Int, _ work: @escaping @Sendable (Int) throws -> Void) throws {
    let meeting = Meeting()
    for _ in 0..<Self.count {
      let thread = startThread {
        meeting.arrived.wrappingAdd(1, ordering: .acquiringAndReleasing)
        while meeting.arrived.load(ordering: .acquiring) < Self.count {}
        do { try work(count) } catch { meeting.failures.wrappingAdd(1, ordering: .relaxed) }
        meeting.ended.wrappingAdd(1, ordering: .releasing)
      }
      guard thread != nil else { throw ThreadFailure() }
    }
    while meeting.ended.load(ordering: .acquiring) < Self.count { pause() }
    if meeting.failures.load(ordering: .relaxed) > 0 { throw ThreadFailure() }
  }

  /// Sleeps for a tenth of a millisecond, which leaves both processors to the threads.
  private static func pause() {
    TimeSource.system.blockThread(until: TimeSource.system.now.advanced(by: 100_000))
  }
}

struct ThreadFailure: Error {}
