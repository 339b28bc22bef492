/// Where the value of one call lies while the call goes on: in the frame of the caller, who alone knows its type.
@usableFromInline package struct ValuePlace<Value> {
  /// The last value that a body returned or a fallback made.
  @usableFromInline package var value: Value?

  @inlinable package init(_ value: Value? = nil) { self.value = value }

  /// Keeps what a body returned, and says how it ended.
  ///
  /// - Parameter facts: What makes the value a failure, if anything does.
  @inlinable @inline(__always)
  package mutating func take(_ value: Value, _ facts: FailureFacts?) -> BodyOutcome {
    self.value = value
    guard let facts else { return .good }
    return .poor(facts, Value.self)
  }

  /// Runs a body and keeps what it returns.
  @inlinable @inline(__always)
  package mutating func fill(judge: (Value) -> FailureFacts?, _ body: () async throws -> Value) async -> BodyOutcome {
    do {
      let value = try await body()
      return take(value, judge(value))
    } catch {
      return .threw(error)
    }
  }

  /// Runs a body that does not suspend, and keeps what it returns.
  @inlinable @inline(__always)
  package mutating func fillBlocking(judge: (Value) -> FailureFacts?, _ body: () throws -> Value) -> BodyOutcome {
    do {
      let value = try body()
      return take(value, judge(value))
    } catch {
      return .threw(error)
    }
  }

  /// The value of a call that ended well.
  @inlinable @inline(__always)
  package consuming func taken() throws -> Value {
    // A call whose place is empty has thrown before this is asked.
    guard let value else { throw CancellationError() }
    return value
  }

  /// Does what the loop asks of it, which does not know the type.
  ///
  /// - Returns: whether the value that the errand brings has the type of this place.
  @usableFromInline @inline(never)
  package mutating func perform(_ errand: ValueErrand) -> Bool {
    switch errand {
    case .take(let written):
      guard let found = written.value(as: Value.self) else { return false }
      value = found
    case .takeKept(let kept):
      guard let kept = kept as? KeptValue<Value> else { return false }
      value = kept.value
    case .takeMade(let made):
      guard let made = made as? Value else { return false }
      value = made
    case .keep(let store, let key, let instant):
      guard let value else { return false }
      store.store(KeptValue(value: value), key: key, at: instant)
    }
    return true
  }
}

/// What the loop that drives a call asks of the place where its value lies.
@usableFromInline package enum ValueErrand {
  /// Take a value that is written in the policy.
  case take(StaticValue)
  /// Take what ``keep`` kept.
  case takeKept(any Sendable)
  /// Take what code of the user made.
  case takeMade(any Sendable)
  /// Keep the value for the fallbacks that serve it later.
  case keep(in: LastGoodStore, key: String?, at: Instant)
}

/// A good value on its way to a later call.
///
/// Unchecked, because a plan that keeps values is only handed out to code that declared the type it returns, and that
/// declaration demands a sendable type.
private struct KeptValue<Value>: @unchecked Sendable {
  let value: Value
}
