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
  public var operations: Operations {
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
    knownPositions ?? OperationPositions(of: operations.names)
  }
}

/// Where the entries of operations stand in their list.
package struct OperationPositions: Sendable {
  private enum Names {
    case read(NamedEntries)
    case others([String: Int])
  }

  private let names: Names
  /// Of those that are patterns.
  package private(set) var patterns: [(pattern: OperationPattern, position: Int)] = []

  /// - Parameter patterns: The entries that are patterns.
  init(of entries: NamedEntries, patterns: [OperationPattern]) {
    names = .read(entries)
    guard !patterns.isEmpty else { return }
    for position in entries.notPlain { addPattern(entries.list[position].name, position) }
  }

  /// Of a name that stands there twice, the last one.
  init(of names: [String]) {
    self.names = .others(Dictionary(names.enumerated().map { ($0.element, $0.offset) }) { _, last in last })
    for (position, name) in names.enumerated() { addPattern(name, position) }
  }

  /// The position of a name, or of a pattern by its text. O(1).
  package func position(of name: String) -> Int? {
    switch names {
    case .read(let entries): entries.position(of: name)
    case .others(let positions): positions[name]
    }
  }

  private mutating func addPattern(_ name: String, _ position: Int) {
    guard !OperationPattern.isName(name), let pattern = OperationPattern(name) else { return }
    patterns.append((pattern, position))
  }
}
