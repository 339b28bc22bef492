internal import CThread

/// The task-local variables that hold the limits of calls around the running code.
///
/// ``word`` always says whether there is one, and holds the innermost as a ``DeadlineWord`` where that is on the machine's clock: what is bound most is
/// cheap to bind. A limit on another time is bound in ``other``, and ``word`` says so.
@usableFromInline package enum BoundDeadline {
  /// Written out, where a macro would hide the object: that is the key under which the runtime is asked and told.
  private static let word = TaskLocal<UInt64>(wrappedValue: 0)
  fileprivate static let other = TaskLocal<CallDeadline?>(wrappedValue: nil)

  /// What ``word`` holds when the limit is in ``other``. No limit has this word.
  fileprivate static var isInOther: UInt64 { 2 }

  /// Whether the code that runs now is within a limit.
  static var exists: Bool {
    @inline(__always) get { task_local_is_bound() }
  }

  /// The limit of the innermost call around this code.
  static var current: CallDeadline? {
    @inline(__always) get {
      let bits = task_local_word()
      if bits == 0 { return nil }
      if let word = DeadlineWord(bits: bits) { return CallDeadline(word) }
      return inOther
    }
  }

  /// The instant of ``current``.
  static var instant: Instant? {
    @inline(__always) get {
      let bits = task_local_word()
      if bits == 0 { return nil }
      if let word = DeadlineWord(bits: bits) { return word.instant }
      return inOther?.instant
    }
  }

  @inline(never)
  private static var inOther: CallDeadline? { other.get() }

  /// The word to bind for a limit, which must then be bound; `nil` when it is bound in ``other``.
  @inline(__always)
  static func bits(for instant: Instant, on time: TimeSource, cancels: Bool) -> UInt64? {
    // From now on it is worth asking whether a limit is bound.
    task_local_note_bound(UncountedReference(word).address)
    guard case .system = time else { return nil }
    return DeadlineWord(instant, cancels: cancels).bits
  }
}

extension CallDeadline {
  @usableFromInline @inline(never)
  func bits() -> UInt64? { BoundDeadline.bits(for: instant, on: time, cancels: cancels) }

  /// Runs `body`, where its caller runs, with this limit as ``current``.
  @inlinable @inline(__always)
  package func bind<Value>(_ body: () async throws -> Value) async rethrows -> Value {
    guard let bits = bits() else { return try await bindOther(body) }
    return try await BoundDeadline.bind(bits, body)
  }

  /// As ``bind(_:)``, for bodies that keep their value themselves.
  @inline(__always)
  func bindAttempt(_ attempt: () async -> BodyOutcome) async -> BodyOutcome {
    guard let bits = bits() else { return await bindOther(attempt) }
    return await BoundDeadline.bindAttempt(bits, attempt)
  }

  /// Runs `body` with this limit as ``current``, without suspending.
  @inlinable @inline(__always)
  package func bindBlocking<Value>(_ body: () throws -> Value) rethrows -> Value {
    guard let bits = bits() else { return try bindOtherBlocking(body) }
    return try BoundDeadline.bindBlocking(bits, body)
  }

  @usableFromInline @inline(never)
  func bindOther<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
  ) async rethrows -> Value {
    try await BoundDeadline.other.withValue(self) {
      // An operation that runs where its caller does has to say so.
      _ = isolation
      return try await BoundDeadline.bind(BoundDeadline.isInOther, body)
    }
  }

  @usableFromInline @inline(never)
  func bindOtherBlocking<Value>(_ body: () throws -> Value) rethrows -> Value {
    try BoundDeadline.other.withValue(self) { try BoundDeadline.bindBlocking(BoundDeadline.isInOther, body) }
  }
}
