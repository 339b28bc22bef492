import ResilienceCore
import Synchronization

/// Runs tasks one at a time on the thread that asks it to, in an order that its seed decides.
///
/// Without a seed, jobs run in the order in which they became ready; each seed is one interleaving, the same every time.
/// A task that prefers this executor takes its children and the actors that have none of their own with it.
public final class DeterministicExecutor: TaskExecutor {
  private let ready = Mutex<[UnownedJob]>([])
  private let chance: Chance?

  public init(seed: UInt64? = nil) { chance = seed.map { Chance(seed: $0) } }

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    ready.withLock { $0.append(job) }
  }

  /// Whether a job waits for its turn.
  var hasReadyJobs: Bool { ready.withLock { !$0.isEmpty } }

  /// Runs one job up to its next suspension.
  ///
  /// - Returns: false when none is ready.
  public func runNext() -> Bool {
    let next = ready.withLock { ready -> UnownedJob? in
      guard let last = ready.indices.last else { return nil }
      let place = chance.map { Int(truncatingIfNeeded: $0.draw(0...UInt64(last))) } ?? 0
      return ready.remove(at: place)
    }
    guard let next else { return false }
    unsafe next.runSynchronously(on: asUnownedTaskExecutor())
    return true
  }
}
