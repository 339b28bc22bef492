/// Makes the values of fallback chains for the shells.
extension Plan {
  /// What a fallback gave. A value lies in the caller's place.
  enum Served {
    case value(age: UInt64?)
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
  func serveWithoutCode(
    _ step: FallbackStep, labels: [String: String], into place: (ValueErrand) -> Bool
  ) -> Served? {
    switch step.source {
    case .handler, .operation: return nil
    case .value(let value): return place(.take(value)) ? .value(age: nil) : .failed(mismatch(step))
    case .lastGood(let store, let key):
      guard let entry = store.entry(for: labels, by: key, at: time.now) else { return .nothing }
      return place(.takeKept(entry.value)) ? .value(age: entry.age) : .failed(mismatch(step))
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

  /// Puts what code made where the value of the call lies.
  func serve(
    _ made: Result<any Sendable, any Error>, by step: FallbackStep, into place: (ValueErrand) -> Bool
  ) -> Served {
    switch made {
    case .success(let value): place(.takeMade(value)) ? .value(age: nil) : .failed(mismatch(step))
    case .failure(let error): .failed(error)
    }
  }

  private func mismatch(_ step: FallbackStep) -> ResilienceError {
    ResilienceError(.fallbackMismatch, operation: operation, layer: .fallback, name: step.name)
  }

  /// Keeps a good value for the fallbacks that serve it later.
  func keep(_ place: (ValueErrand) -> Bool, labels: [String: String], at now: Instant) {
    for (store, key) in keepers {
      switch key {
      case .none: _ = place(.keep(in: store, key: nil, at: now))
      case .label(let label):
        if let key = labels[label] { _ = place(.keep(in: store, key: key, at: now)) }
      }
    }
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
}
