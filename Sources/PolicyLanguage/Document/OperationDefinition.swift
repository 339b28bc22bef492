public import ResilienceCore

/// What is done around the calls of one operation, or of all that fit a pattern.
public struct OperationDefinition: Sendable {
  /// Whether the operation can be tried again without harm.
  public enum Idempotency: Hashable, Sendable {
    case yes, no, unknown
    /// The callee tells repeats by this key.
    case key(String)
  }

  public enum Criticality: String, Hashable, Sendable, CaseIterable {
    case low, normal, high, critical
  }

  /// Outermost first.
  public var layers: [LayerDefinition]
  /// `nil`: the layers stand in the operation itself.
  public var pipelineName: String?
  public var idempotency: Idempotency
  public var target: String?
  public var facts: OperationFacts
  /// The operations that this one calls.
  public var calls: [OperationCall]
  public var owner: String?
  public var labels: [String: String]
  public var criticality: Criticality
}

/// An operation that another one says it calls.
public struct OperationCall: Sendable {
  public let name: String
  public let location: Location
}

/// What is known of a callee. It never changes behaviour.
public struct OperationFacts: Hashable, Sendable {
  public var p50: Duration?
  public var p95: Duration?
  public var p99: Duration?
  public var rate: Rate?
  public var errorRate: Ratio?
  public var replicas: Int?
  /// The rate that the callee stands.
  public var capacity: Rate?
  /// How long the callee takes to come back on another machine.
  public var failover: Duration?
  /// When the numbers were measured.
  public var measured: CalendarDate?

  public init() {}
}
