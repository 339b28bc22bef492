/// What a policy file, or code, can say of a bulkhead's limit that follows its callee.
public struct AdaptiveLimitSettings: Hashable, Sendable {
  /// What moves the limit.
  public enum Algorithm: String, Hashable, Sendable, CaseIterable {
    /// The callee's latency, against its latency with little to do.
    case gradient
    /// Drops alone: up by one while there are none, down by a share when there are.
    case aimd
  }

  /// The lowest limit, and the first one; at least 1.
  public let min: Int
  /// The highest limit; at least `min`.
  public let max: Int
  public let algorithm: Algorithm

  /// Numbers that make no sense are taken as the nearest that do.
  public init(min: Int, max: Int, algorithm: Algorithm = .gradient) {
    self.min = Swift.min(Swift.max(min, 1), BulkheadWord.highestLimit)
    self.max = Swift.min(Swift.max(max, self.min), BulkheadWord.highestLimit)
    self.algorithm = algorithm
  }
}
