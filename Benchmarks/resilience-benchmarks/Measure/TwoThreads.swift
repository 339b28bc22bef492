import ResilienceCore
import Synchronization

/// Runs work on two threads that begin together, and ends when both have.
///
/// Each thread measures the processor time of its own work, so that the start of threads does not count. What threads cost each other by sharing
/// memory does, when they run at once: a run in which one of them had to wait for a processor is done again, and of many such the one with the
/// shortest wait is taken.
struct TwoThreads: Sendable {
  private static let count = 2
  private static let mostTries = 10

  private struct Times {
    /// In the mean, in nanoseconds.
    var processor: Double
    /// The share of the time from the first beginning to the last end in which a thread ran, in the mean, between 0 and 1.
    var share: Double
  }

  private final class Meeting: Sendable {
    let arrived = Atomic(0)
    let ended = Atomic(0)
    let failures = Atomic(0)
    /// Of all threads together, in nanoseconds.
    let processorTime = Atomic<UInt64>(0)
    /// When the first began and the last ended.
    let began = Atomic(UInt64.max)
    let finished = Atomic<UInt64>(0)
  }

  /// - Returns: The nanoseconds that one thread took in the mean.
  /// - Throws: ``ThreadFailure`` when work threw, or a thread could not be started.
  static func run(_ count: Int, _ work: @escaping @Sendable (Int) throws -> Void) throws -> Double {
    var best = Times(processor: 0, share: -1)
    for _ in 0..<mostTries where best.share < 0.97 {
      let times = try runOnce(count, work)
      if times.share > best.share { best = times }
    }
    return best.processor
  }

  private static func runOnce(_ count: Int, _ work: @escaping @Sendable (Int) throws -> Void) throws -> Times {
    let meeting = Meeting()
    for _ in 0..<Self.count {
      let thread = startThread {
        meeting.arrived.wrappingAdd(1, ordering: .acquiringAndReleasing)
        while meeting.arrived.load(ordering: .acquiring) < Self.count {}
        do {
          meeting.began.min(TimeSource.system.now.nanoseconds, ordering: .relaxed)
          let time = try processorTime { try work(count) }
          meeting.finished.max(TimeSource.system.now.nanoseconds, ordering: .relaxed)
          meeting.processorTime.wrappingAdd(UInt64(max(time * 1e9, 0)), ordering: .relaxed)
        } catch {
          meeting.failures.wrappingAdd(1, ordering: .relaxed)
        }
        meeting.ended.wrappingAdd(1, ordering: .releasing)
      }
      guard thread != nil else { throw ThreadFailure() }
    }
    while meeting.ended.load(ordering: .acquiring) < Self.count { pause() }
    if meeting.failures.load(ordering: .relaxed) > 0 { throw ThreadFailure() }
    let processor = Double(meeting.processorTime.load(ordering: .relaxed))
    let began = Instant(nanoseconds: meeting.began.load(ordering: .relaxed))
    let time = began.nanoseconds(to: Instant(nanoseconds: meeting.finished.load(ordering: .relaxed)))
    return Times(
      processor: processor / Double(Self.count), share: processor / Double(Self.count) / Double(max(time, 1)))
  }

  /// Sleeps for a tenth of a millisecond, which leaves both processors to the threads.
  private static func pause() {
    TimeSource.system.blockThread(until: TimeSource.system.now.advanced(by: 100_000))
  }
}

struct ThreadFailure: Error {}
