internal import PolicyCompiler
internal import PolicyLanguage
internal import ResilienceCore

extension RecoveryStep.Action {
  /// Does it once.
  func perform(_ context: RecoveryContext, _ graph: PolicyGraph) async throws {
    switch self {
    case .handler(let name):
      guard let handler = graph.context.recoveryHandlers[name] else { throw ProbeFailure("is not registered") }
      try await handler(context)
    case .exec(let words):
      let end = try await CommandRun(words: words).end()
      if !end.isSuccess { throw ProbeFailure(end.description) }
    case .operation(let name):
      guard let body = graph.registeredBody(of: name) else { throw ProbeFailure("is not registered") }
      let cause = ProbeFailure("\(context.condition)")
      _ = try await body.make(FallbackContext(operation: context.recovery, labels: [:], failure: cause))
    }
  }
}

extension RecoveryStep.Action {
  /// In a sentence: `handler cache-reconnect`.
  var inWords: String {
    switch self {
    case .handler(let name): "handler \(name)"
    case .exec(let words): "command \(words.first ?? "")"
    case .operation(let name): "operation \(name)"
    }
  }
}
