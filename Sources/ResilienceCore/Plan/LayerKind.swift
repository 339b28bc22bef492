/// The kinds of layers that a pipeline is built of, named as in a policy file.
public struct LayerKind: Hashable, Sendable, CustomStringConvertible {
  public let description: String
  private init(_ description: String) { self.description = description }

  public static let fallback = LayerKind("fallback")
  public static let deadline = LayerKind("deadline")
  public static let rateLimit = LayerKind("rateLimit")
  public static let bulkhead = LayerKind("bulkhead")
  public static let retry = LayerKind("retry")
  public static let breaker = LayerKind("breaker")
  public static let timeout = LayerKind("timeout")
  public static let hedge = LayerKind("hedge")
  public static let chaos = LayerKind("chaos")
  /// No layer: a health check.
  public static let healthCheck = LayerKind("healthCheck")
  /// No layer: a recovery.
  public static let recovery = LayerKind("recovery")
  /// No layer: the operation as a whole.
  public static let operation = LayerKind("operation")
}
