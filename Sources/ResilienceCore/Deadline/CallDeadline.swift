/// The moment by which the running call must end, for a body that wants to know.
///
/// A body that asks another service passes ``remaining`` on; a nested call of any policy takes it as its own limit
/// without being told.
public struct CallDeadline: Sendable {
  /// On the monotonic clock of ``time``.
  public let instant: Instant
  package let time: TimeSource
  /// Whether the body is cancelled at the instant, or only told of it.
  package let cancels: Bool

  package init(_ instant: Instant, on time: TimeSource, cancels: Bool) {
    self.instant = instant
    self.time = time
    self.cancels = cancels
  }

  init(_ word: DeadlineWord) { self.init(word.instant, on: .system, cancels: word.cancels) }

  /// The limit of the innermost call around this code; `nil` outside of every call that has one.
  public static var current: CallDeadline? { BoundDeadline.current }

  /// What is left of the time; zero when none is.
  public var remaining: Duration { time.now.duration(to: instant) }
}
