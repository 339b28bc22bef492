internal import PolicyLanguage
package import ResilienceCore
internal import Synchronization

extension PolicyGraph {
  /// A handler that runs the registered body of an operation under the operation's policy; `nil` without a body.
  package func registeredBody(of operation: String) -> FallbackHandler? {
    context.operations[operation].map { handler(running: $0, as: operation) }
  }

  /// A handler that runs a body under the policy of its own operation.
  func handler(running body: FallbackHandler, as operation: String) -> FallbackHandler {
    FallbackHandler(valueType: body.valueType) { [graph = HeldGraph(self)] context in
      let running = StandIns.running
      guard !running.contains(operation), operation != context.operation, let plan = graph.plan(for: operation) else {
        throw context.failure
      }
      return try await StandIns.$running.withValue(running.union([context.operation, operation])) {
        try await body.make(under: plan, context)
      }
    }
  }
}

/// What a plan keeps of the graph that its fallbacks look for operations in.
///
/// The last call of an old plan lets its graph go. That takes milliseconds for a large file, which no caller should have to
/// wait: a thread of its own does it.
private final class HeldGraph: Sendable {
  private static let mostFreedByCaller = 1_000
  private let graph: Mutex<PolicyGraph?>
  private let size: Int

  init(_ graph: PolicyGraph) {
    self.graph = Mutex(graph)
    size = graph.document.operations.count
  }

  deinit {
    guard size > Self.mostFreedByCaller else { return }
    let last = Last(graph.withLock { $0.take() })
    _ = startThread { last.release() }
  }

  func plan(for operation: String) -> Plan? { graph.withLock { $0 }?.plan(for: operation) }

  /// Hands a graph from one thread to another, so that the second holds the only reference.
  private final class Last: Sendable {
    private let graph: Mutex<PolicyGraph?>

    init(_ graph: consuming PolicyGraph?) { self.graph = Mutex(graph) }

    func release() { graph.withLock { $0 = nil } }
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
