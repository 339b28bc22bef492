internal import PolicyCompiler
public import ResilienceCore
internal import Synchronization

extension ResilienceEngine {
  /// The breakers that the file names, and those of single layers that are in use, by name; of a keyed one, each key's.
  public var breakers: [CircuitBreaker] {
    state.withLock { $0.graph }.breakers
  }

  /// The breaker of a name: `engine.breaker("database")?.state`, `engine.breaker("partner", key: "tenant-a")?.isolate()`.
  ///
  /// What is done to it by hand is told to the engine's observer.
  ///
  /// - Parameters:
  ///   - name: As in the file.
  ///   - key: Which one, of a breaker with a `scope`: a value of the label, an operation or a target. Without it, the one that
  ///     all calls share, or that calls without the label do.
  /// - Returns: `nil` when the file has no such breaker, operation or target. The breaker of a key that no call had yet is made.
  public func breaker(_ name: String, key: String? = nil) -> CircuitBreaker? {
    state.withLock { $0.graph }.breaker(name, key: key)
  }
}
