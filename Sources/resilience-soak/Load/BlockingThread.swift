import Glibc
import Resilience
import ResilienceCore

/// A thread that calls an operation without suspending.
final class BlockingThread: Sendable {
  private let (endings, continuation) = AsyncStream<Void>.makeStream()

  func start(_ policy: OperationPolicy?, _ upstream: Upstream, _ tally: Tally, until end: ContinuousClock.Instant) {
    let hasThread =
      policy != nil
      && startThread { [continuation] in
        while let policy, ContinuousClock.now < end {
          tally.countBlocking { _ = try policy.runBlocking { try upstream.callBlocking() } }
          usleep(200)
        }
        continuation.finish()
      } != nil
    if !hasThread { continuation.finish() }
  }

  /// Returns when the thread has ended.
  func ended() async {
    for await _ in endings {}
  }
}
