/// Ceilings that nothing in a file may exceed.
public struct Guardrails: Sendable {
  /// Tries of one call.
  public var attempts: Int?
  /// The longest deadline.
  public var deadline: Duration?
  /// Calls at the end of a chain of operations for one at its beginning.
  public var amplification: Int?
  /// Where they stand; `nil` without any.
  public var origins: Origins?

  public init(attempts: Int? = nil, deadline: Duration? = nil, amplification: Int? = nil) {
    self.attempts = attempts
    self.deadline = deadline
    self.amplification = amplification
  }
}
