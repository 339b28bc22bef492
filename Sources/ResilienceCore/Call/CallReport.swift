import Synchronization

/// What a call did, for a caller that wants to know: give one to `run(report:)` and read it afterwards.
///
/// Nothing is recorded of a call whose first attempt succeeded.
public final class CallReport: Sendable {
  private struct Content {
    var attempts: [AttemptRecord] = []
    var fallback: String?
    var fallbackAge: Duration?
  }

  private let content = Mutex(Content())

  public init() {}

  /// The attempts that were made, in order; empty when the first succeeded.
  public var attempts: [AttemptRecord] { content.withLock { $0.attempts } }
  /// The leg of a hedge whose success the call returned: 0 for the primary call, from 1 on for a hedge; `nil` when no hedge was
  /// started, or none of them succeeded.
  public var winningLeg: Int? { attempts.last { $0.classes.isEmpty }?.leg }
  /// The name of the fallback that served the call; `nil` when none did.
  public var fallback: String? { content.withLock { $0.fallback } }
  /// How old the last good value was that the call was served; `nil` when it was not.
  public var fallbackAge: Duration? { content.withLock { $0.fallbackAge } }

  package func finish(attempts: [AttemptRecord]) { content.withLock { $0.attempts = attempts } }

  package func serve(fallback: String, age: Duration?) {
    content.withLock {
      $0.fallback = fallback
      $0.fallbackAge = age
    }
  }
}
