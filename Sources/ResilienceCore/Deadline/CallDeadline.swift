internal import CThread

/// The moment by which the running call must end, for a body that wants to know.
///
/// A body that asks another service passes ``remaining`` on; a nested call of any policy takes it as its own limit
/// without being told.
public struct CallDeadline: Sendable {
  /// Written out, as the macro cannot make a variable that callers' code may bind.
  @usableFromInline static let variable = TaskLocal<CallDeadline?>(wrappedValue: nil)

  /// On the monotonic clock of ``time``.
  public let instant: Instant
  package let time: TimeSource
  /// Whether the body is cancelled at the instant, or only told of it.
  package let cancels: Bool

  package init(_ instant: Instant, on time: TimeSource, cancels: Bool) {
    // Whoever makes one binds it: from now on it is worth asking.
    task_local_note_bound()
    self.instant = instant
    self.time = time
    self.cancels = cancels
  }

  /// The limit of the innermost call around this code; `nil` outside of every call that has one.
  public static var current: CallDeadline? { variable.get() }

  /// What stands for this variable when the runtime is asked for it. The same as long as the program runs.
  static var key: UInt { UncountedReference(variable).address }

  /// Whether the code that runs now has such a limit: as ``current``, without a copy of it.
  @inline(__always)
  static func isBound(_ key: UInt) -> Bool { task_local_is_bound(key) }

  /// What is left of the time; zero when none is.
  public var remaining: Duration { time.now.duration(to: instant) }

  /// Runs `body` with this limit as ``current``.
  @inlinable @inline(__always)
  package func bind<Value>(_ body: () async throws -> Value) async rethrows -> Value {
    try await CallDeadline.variable.withValue(self, operation: body)
  }

  /// Runs `body` with this limit as ``current``, without suspending.
  @inlinable @inline(__always)
  package func bindBlocking<Value>(_ body: () throws -> Value) rethrows -> Value {
    try CallDeadline.variable.withValue(self, operation: body)
  }
}
