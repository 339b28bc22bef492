package import ResilienceCore

extension PolicyGraph {
  /// A handler that runs the registered body of an operation under the operation's policy; `nil` without a body.
  package func registeredBody(of operation: String) -> FallbackHandler? {
    context.operations[operation].map { handler(running: $0, as: operation) }
  }

  /// A handler that runs a body under the policy of its own operation.
  func handler(running body: FallbackHandler, as operation: String) -> FallbackHandler {
    FallbackHandler(valueType: body.valueType) { [self] context in
      let running = StandIns.running
      guard !running.contains(operation), operation != context.operation, let plan = plan(for: operation) else {
        throw context.failure
      }
      return try await StandIns.$running.withValue(running.union([context.operation, operation])) {
        try await body.make(under: plan, context)
      }
    }
  }
}

/// The operations that stand in for each other around the running code: a circle of fallbacks ends where it began.
private enum StandIns {
  @TaskLocal static var running: Set<String> = []
}

extension FallbackHandler {
  /// Stands where a handler is missing; a graph with such a place is never put into service.
  static let missing = FallbackHandler(valueType: Never.self) { context in throw context.failure }
}
