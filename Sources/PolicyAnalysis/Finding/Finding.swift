public import PolicyLanguage

/// A finding as it is reported: what a rule said, in which environments, and whether somebody has waived it.
public struct Finding: Sendable {
  public var diagnostic: Diagnostic
  /// The environments in which it was found; empty when it was found in every one of the file.
  public var environments: [String] = []
  /// The entries of `operations` that it concerns; empty where it concerns the file.
  public var operations: [String] = []
  /// What kind of proof ``Diagnostic/witness`` is.
  public var witnessKind: WitnessKind?
  /// The command that plays ``Diagnostic/witness`` before the reader's eyes; `nil` where none does exactly that.
  public var replay: String?
  /// Who waived it; `nil` for one that counts.
  public var suppression: Suppression?
  /// What the finding is known by from one version of a file to the next.
  public internal(set) var fingerprint = Fingerprint(0)

  public init(
    _ diagnostic: Diagnostic, operations: [String] = [], environments: [String] = [], witnessKind: WitnessKind? = nil,
    replay: String? = nil
  ) {
    self.diagnostic = diagnostic
    self.operations = operations
    self.environments = environments
    self.witnessKind = witnessKind
    self.replay = replay
  }

  public var rule: Rule { diagnostic.rule }
  public var severity: Severity { diagnostic.severity }
  public var isSuppressed: Bool { suppression != nil }
}

/// What the schedule beside a finding proves.
public enum WitnessKind: String, Sendable, Hashable {
  /// Every attempt fails the moment it starts and every wait is as short as chance allows: nothing can be faster.
  case fastestFailure = "fastest-failure"
  /// The body never ends by itself: no limit can come earlier than here.
  case endlessBody = "endless-body"
  /// One call that fails at once, as it can happen any day.
  case failingCall = "failing-call"
  /// Every call fails, at the pace that the facts declare: nothing fills the window faster.
  case steadyFailure = "steady-failure"

  /// What the schedule is, after the word `witness`.
  public var title: String {
    switch self {
    case .fastestFailure: "the fastest failure there is"
    case .endlessBody: "a call whose callee never answers"
    case .failingCall: "one call whose callee fails at once"
    case .steadyFailure: "every call fails, at the declared rate"
    }
  }
}

/// Why a finding does not count.
public struct Suppression: Sendable, Hashable {
  public enum Kind: String, Sendable {
    /// A comment in the file.
    case comment
    /// An entry of `waivers`.
    case waiver
  }

  public let kind: Kind
  /// `path:line:column` of the comment or waiver.
  public let place: String
  public let reason: String?
  /// The last day on which it holds.
  public let until: CalendarDate?
}
