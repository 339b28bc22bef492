/// What a policy file can say of a fallback that serves the last good value.
public struct LastGoodSettings: Hashable, Sendable {
  /// Whose value a call gets.
  public enum Key: Hashable, Sendable {
    /// The value of any call: the operation has no parameters, or nobody said.
    case none
    /// The value of a call with the same text under this label; a call without the label stores and gets nothing.
    case label(String)
  }

  /// A value older than this is never served.
  public var maxAge: Duration
  public var key: Key
  /// How many values are kept; the oldest goes first.
  public var entries: Int

  public init(maxAge: Duration, key: Key = .none, entries: Int = 1_000) {
    self.maxAge = maxAge
    self.key = key
    self.entries = entries
  }
}
