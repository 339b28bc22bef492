internal import PolicyCompiler
package import ResilienceCore
internal import Synchronization

/// What calls can leave behind, for the testing kit.
extension ResilienceEngine {
  /// Every bulkhead that is in use, in the order of their names.
  package var bulkheads: [Bulkhead] {
    state.withLock { $0.graph }.bulkheads.sorted { $0.name < $1.name }
  }

  /// How many bodies run that may outlive their calls.
  package var abandonedBodyCount: Int { context.supervisor.running }
}
