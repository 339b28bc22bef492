internal import CThread

/// Code that runs with ``word`` bound, where its caller runs.
///
/// `TaskLocal.withValue` takes an operation that does not say where it runs, so what is not a closure of an actor leaves the actor of its caller there.
///
/// What must hold: what is bound lies on the stack of memory that the running task has, where frames of asynchronous code lie too, and variables of them
/// whose size is known only when they run. So what a frame puts there after ``begin(_:)`` is gone before ``end()``, and what lies there from before
/// stays until then: asynchronous functions here are not inlined and have nothing of their own. The words are those of ``bits(for:on:cancels:)``, which
/// tells of the variable that they are bound to, or ``isInOther`` after it made none.
extension BoundDeadline {
  /// Runs `body` with ``word`` bound: in a frame that has nothing else, since the size of a value can be unknown.
  @inlinable @inline(never)
  static func bind<Value>(_ bits: UInt64, _ body: () async throws -> Value) async rethrows -> Value {
    begin(bits)
    defer { end() }
    return try await body()
  }

  /// As ``bind(_:_:)``, for bodies that keep their value themselves: generic, it would take a frame more.
  @inline(never)
  static func bindAttempt(_ bits: UInt64, _ attempt: () async -> BodyOutcome) async -> BodyOutcome {
    begin(bits)
    defer { end() }
    return await attempt()
  }

  /// As ``bind(_:_:)``, for code that does not suspend: its frames are on the thread's stack.
  @inlinable @inline(__always)
  static func bindBlocking<Value>(_ bits: UInt64, _ body: () throws -> Value) rethrows -> Value {
    begin(bits)
    defer { end() }
    return try body()
  }

  @usableFromInline @inline(never)
  static func begin(_ bits: UInt64) { task_local_begin(bits) }

  @usableFromInline @inline(never)
  static func end() { task_local_end() }
}
