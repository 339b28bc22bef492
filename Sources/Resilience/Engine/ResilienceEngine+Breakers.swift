internal import PolicyCompiler
public import ResilienceCore
internal import Synchronization

extension ResilienceEngine {
  /// The breakers that the file names, and those of single layers that are in use, by name.
  public var breakers: [CircuitBreaker] {
    state.withLock { $0.graph }.breakers.values.sorted { $0.name < $1.name }
  }

  /// The breaker of a name: `engine.breaker("database")?.state`.
  public func breaker(_ name: String) -> CircuitBreaker? {
    state.withLock { $0.graph }.breaker(name)
  }
}
