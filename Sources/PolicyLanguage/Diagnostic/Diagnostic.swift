/// A finding: what is wrong, where, and what would be right.
public struct Diagnostic: Sendable, CustomStringConvertible {
  /// The rule that was broken.
  public let rule: Rule
  /// What is wrong, in one sentence.
  public var message: String
  /// Where it is wrong.
  public var location: Location
  /// Which policy it belongs to: `pipelines.read/retry.attempts`. Empty where a file is not far enough to say.
  public var path: String
  /// Other places that explain it.
  public var related: [Related]
  /// Further facts, a sentence each.
  public var notes: [String]
  /// What would be right.
  public var help: String?
  /// The change that makes it right, where one can be told.
  public var fix: Fix?
  /// The schedule that proves it.
  public var witness: [WitnessLine]?

  public init(
    _ rule: Rule, _ message: String, at location: Location, path: String = "", related: [Related] = [],
    notes: [String] = [], help: String? = nil, fix: Fix? = nil, witness: [WitnessLine]? = nil
  ) {
    self.rule = rule
    self.message = message
    self.location = location
    self.path = path
    self.related = related
    self.notes = notes
    self.help = help
    self.fix = fix
    self.witness = witness
  }

  /// How much it weighs: as its rule.
  public var severity: Severity { rule.severity }

  /// One line: `path:line:column: error[RP201] message`.
  public var description: String { "\(location): \(severity.rawValue)[\(rule.code)] \(message)" }
}

extension Diagnostic {
  /// Another place that a finding speaks of.
  public struct Related: Sendable {
    /// The place.
    public let location: Location
    /// What stands there.
    public let message: String

    public init(_ location: Location, _ message: String) {
      self.location = location
      self.message = message
    }
  }
}

/// One line of the schedule that proves a finding.
public struct WitnessLine: Sendable, Hashable {
  /// When, as it is shown: `400 ms`.
  public let at: String
  /// What happens.
  public let event: String

  public init(at: String, _ event: String) {
    self.at = at
    self.event = event
  }
}
