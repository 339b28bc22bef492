/// What a policy file can say of chaos: what is done to which share of calls.
public struct ChaosSettings: Hashable, Sendable {
  /// Which calls chaos may meet, by a label that they carry.
  public struct Condition: Hashable, Sendable {
    public var label: String
    /// What the label must say; `nil`: anything.
    public var value: String?

    public init(label: String, value: String? = nil) {
      self.label = label
      self.value = value
    }

    /// Whether a call with these labels fits.
    package func fits(_ labels: [String: String]) -> Bool {
      guard let found = labels[label] else { return false }
      return value == nil || value == found
    }
  }

  /// The share of calls that are met.
  public var rate: Ratio
  /// Makes the choice the same each time the file is loaded; `nil`: the engine's own chance decides.
  public var seed: UInt64?
  /// `nil`: all calls.
  public var when: Condition?

  public init(rate: Ratio, seed: UInt64? = nil, when: Condition? = nil) {
    self.rate = rate
    self.seed = seed
    self.when = when
  }
}
