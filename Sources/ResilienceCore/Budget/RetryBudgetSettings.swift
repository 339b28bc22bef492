/// What a policy file, or code, can say of a budget: how many retries and hedges first tries pay for.
public struct RetryBudgetSettings: Hashable, Sendable {
  /// Retries and hedges as a share of first tries.
  public var ratio: Ratio
  /// What is allowed on top, however few the first tries.
  public var floor: Rate
  /// Over what time both are counted.
  public var window: Duration

  public init(ratio: Ratio, floor: Rate = Rate(3, per: .seconds(1)), window: Duration = .seconds(10)) {
    self.ratio = ratio
    self.floor = floor
    self.window = window
  }
}
