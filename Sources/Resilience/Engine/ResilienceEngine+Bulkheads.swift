internal import PolicyCompiler
public import ResilienceCore
internal import Synchronization

extension ResilienceEngine {
  /// The bulkheads that are in use, by name: those of single operations, targets and label values each by itself, as
  /// `tenants{tenant=a}`.
  public var bulkheads: [Bulkhead] { state.withLock { $0.graph }.bulkheads }

  /// The bulkhead of a name: `engine.bulkhead("payments")?.limit`. `nil` while no operation that was looked up uses it.
  public func bulkhead(_ name: String) -> Bulkhead? { bulkheads.first { $0.name == name } }
}
