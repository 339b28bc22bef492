/// Makes the values of fallback chains for the shells.
extension Plan {
  /// What a fallback gave.
  enum Served<Value> {
    case value(Value, age: UInt64?)
    case nothing
    case failed(any Error)
  }

  /// The link of a chain.
  func fallbackStep(layer: Int, step: Int) -> FallbackStep? {
    guard case .fallback(let steps) = layers[layer].mechanism, steps.indices.contains(step) else { return nil }
    return steps[step]
  }

  /// Serves what needs no code of the user: a static value, or the last good one.
  ///
  /// - Returns: `nil` when the link is code.
  func serveWithoutCode<Value>(
    _ step: FallbackStep, labels: [String: String], as type: Value.Type
  ) -> Served<Value>? {
    switch step.source {
    case .handler, .operation: return nil
    case .value(let value): return value.value(as: type).map { .value($0, age: nil) } ?? .failed(mismatch(step))
    case .lastGood(let store, let key):
      guard let entry = store.entry(for: labels, by: key, at: time.now) else { return .nothing }
      guard let kept = entry.value as? KeptValue<Value> else { return .failed(mismatch(step)) }
      return .value(kept.value, age: entry.age)
    }
  }

  /// Runs the code of a link.
  func makeWithCode(_ step: FallbackStep, context: FallbackContext) async -> Result<any Sendable, any Error> {
    switch step.source {
    case .handler(let handler), .operation(let handler):
      do { return .success(try await handler.make(context)) } catch { return .failure(error) }
    case .value, .lastGood: return .failure(mismatch(step))
    }
  }

  /// What code made, as the type that the call returns.
  func cast<Value>(_ made: Result<any Sendable, any Error>, by step: FallbackStep) -> Served<Value> {
    switch made {
    case .success(let value): (value as? Value).map { .value($0, age: nil) } ?? .failed(mismatch(step))
    case .failure(let error): .failed(error)
    }
  }

  private func mismatch(_ step: FallbackStep) -> ResilienceError {
    ResilienceError(.fallbackMismatch, operation: operation, layer: .fallback, name: step.name)
  }

  /// Keeps a good value for the fallbacks that serve it later.
  func keep<Value>(_ value: Value, labels: [String: String], at now: Instant) {
    for keeper in keepers { keeper.store.keep(value, for: labels, by: keeper.key, at: now) }
  }
}

extension LastGoodStore {
  fileprivate func entry(
    for labels: [String: String], by key: LastGoodSettings.Key, at now: Instant
  ) -> (value: any Sendable, age: UInt64)? {
    switch key {
    case .none: return value(key: nil, at: now)
    case .label(let label): return labels[label].flatMap { value(key: $0, at: now) }
    }
  }

  fileprivate func keep<Value>(
    _ value: Value, for labels: [String: String], by key: LastGoodSettings.Key, at now: Instant
  ) {
    switch key {
    case .none: store(KeptValue(value: value), key: nil, at: now)
    case .label(let label):
      if let key = labels[label] { store(KeptValue(value: value), key: key, at: now) }
    }
  }
}

/// A good value on its way to a later call.
///
/// Unchecked, because a plan that keeps values is only handed out to code that declared the type it returns, and that
/// declaration demands a sendable type.
private struct KeptValue<Value>: @unchecked Sendable {
  let value: Value
}
