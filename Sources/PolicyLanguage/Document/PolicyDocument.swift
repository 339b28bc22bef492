public import LocatedYAML
public import ResilienceCore

/// What a policy file, with its includes, says in one environment: every name found, every number read.
public struct PolicyDocument: Sendable {
  /// `nil`: the base, without overrides.
  public var environment: String?
  /// The root file first, then what it includes.
  public var sources: [SourceText]
  /// Ceilings that nothing may exceed.
  public var guardrails: Guardrails
  /// The position is the index of ``ResilienceCore/FailureClasses``.
  public var errors: [Definition<ErrorClass>]
  /// By name.
  public var breakers: [String: Definition<BreakerDefinition>]
  /// By name.
  public var retries: [String: Definition<RetryDefinition>]
  /// By name.
  public var budgets: [String: Definition<RetryBudgetSettings>]
  /// By name; deadlines too.
  public var timeouts: [String: Definition<TimeoutSettings>]
  /// By name.
  public var bulkheads: [String: Definition<BulkheadDefinition>]
  /// By name.
  public var rateLimiters: [String: Definition<RateLimiterDefinition>]
  /// By name.
  public var hedges: [String: Definition<HedgeDefinition>]
  /// By name.
  public var fallbacks: [String: Definition<FallbackDefinition>]
  /// By name; layers outermost first.
  public var pipelines: [String: Definition<[LayerDefinition]>]
  /// In the order of the files; the name is exact or a pattern.
  public var operations: [Definition<OperationDefinition>] {
    didSet { knownPositions = nil }
  }
  /// By name.
  public var healthChecks: [String: Definition<HealthCheckDefinition>]
  /// By name.
  public var recoveries: [String: Definition<RecoveryDefinition>]
  /// The names that the files have overrides for, in their order.
  public var environments: [String]
  /// Findings that somebody has agreed to live with.
  public var waivers: [Waiver]
  /// The elements that take over the live state of others, in the order of the files.
  public var renames: [Rename]
  /// Where each operation stands, as long as nobody has changed them since they were read.
  var knownPositions: OperationPositions?
}

extension PolicyDocument {
  /// Where in ``operations`` the entry of each name and pattern stands. O(1) for a document as it was read.
  package var operationPositions: OperationPositions {
    knownPositions
      ?? OperationPositions(
        of: Dictionary(operations.enumerated().map { ($0.element.name, $0.offset) }) { _, last in last })
  }
}

/// Where the entries of operations stand in their list.
package struct OperationPositions: Sendable {
  /// Of all names, patterns included.
  package let all: [String: Int]
  /// Of those that are patterns.
  package let patterns: [(pattern: OperationPattern, position: Int)]

  /// - Parameter patterns: The names that are patterns, where they are known; they are looked for otherwise.
  init(of all: [String: Int], patterns: [String]? = nil) {
    self.all = all
    self.patterns = (patterns ?? all.keys.filter { !OperationPattern.isName($0) }).compactMap { name in
      guard let position = all[name] else { return nil }
      return OperationPattern(name).map { ($0, position) }
    }
  }
}
