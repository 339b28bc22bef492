public import PolicyLanguage

/// What to check, and what of it to report.
public struct CheckOptions: Sendable {
  /// In which environments.
  public enum Environments: Sendable, Hashable {
    /// The base and every environment that a file has.
    case all
    case one(String)
  }

  public var environments = Environments.all
  public var selection = RuleSelection.everything
  /// Whether comments and waivers count.
  public var obeysSuppressions = true
  /// Whether one without a reason counts for nothing.
  public var requiresReason = false
  /// The name that findings in the standard input bear, from which includes are looked for too.
  public var standardInputName = "<stdin>"
  /// The day by which comments and waivers expire.
  public var today: CalendarDate

  public init(today: CalendarDate) { self.today = today }
}
