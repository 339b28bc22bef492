public import ResilienceCore

/// What is done around the calls of one operation, or of all that fit a pattern.
public struct OperationDefinition: Sendable {
  /// Whether the operation can be tried again without harm.
  public enum Idempotency: Hashable, Sendable {
    case yes, no, unknown
    /// The callee tells repeats by this key.
    case key(String)
  }

  /// How much depends on an operation.
  public enum Criticality: String, Hashable, Sendable, CaseIterable {
    case low, normal, high, critical
  }

  /// Outermost first.
  public var layers: [LayerDefinition]
  /// `nil`: the layers stand in the operation itself.
  public var pipelineName: String?
  /// Whether some of its layers have numbers of the operation's own.
  public var isTuned: Bool
  /// Whether a repeat does harm.
  public var idempotency: Idempotency
  /// The callee; `nil`: the operation itself.
  public var target: String?
  /// What is known of the callee.
  public var facts: OperationFacts
  /// The operations that this one calls.
  public var calls: [OperationCall]
  /// Who is asked.
  public var owner: String?
  /// Texts for reports.
  public var labels: [String: String]
  /// How much depends on it.
  public var criticality: Criticality
}

/// An operation that another one says it calls.
public struct OperationCall: Sendable {
  /// The callee's name, of this file or another service.
  public let name: String
  /// Where the name stands.
  public let location: Location
}

/// What is known of a callee. It never changes behaviour.
public struct OperationFacts: Hashable, Sendable {
  /// Half of the calls take no longer.
  public var p50: Duration?
  /// 95 of 100 calls take no longer.
  public var p95: Duration?
  /// 99 of 100 calls take no longer.
  public var p99: Duration?
  /// Calls in a time.
  public var rate: Rate?
  /// The share of calls that fail on a good day.
  public var errorRate: Ratio?
  /// Processes that make these calls.
  public var replicas: Int?
  /// The rate that the callee stands.
  public var capacity: Rate?
  /// How long the callee takes to come back on another machine.
  public var failover: Duration?
  /// When the numbers were measured.
  public var measured: CalendarDate?

  public init() {}
}
