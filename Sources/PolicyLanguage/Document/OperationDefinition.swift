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
  /// Whether a repeat does harm.
  public var idempotency: Idempotency
  /// The callee; `nil`: the operation itself.
  public var target: String?
  /// Whether some of its layers have numbers of the operation's own.
  public var isTuned: Bool
  private var profile: Shared<OperationProfile>

  init(
    layers: [LayerDefinition], pipelineName: String?, isTuned: Bool, idempotency: Idempotency, target: String?,
    profile: Shared<OperationProfile>
  ) {
    self.layers = layers
    self.pipelineName = pipelineName
    self.isTuned = isTuned
    self.idempotency = idempotency
    self.target = target
    self.profile = profile
  }

  /// What is known of the callee.
  public var facts: OperationFacts {
    get { profile.value.facts }
    set { profile.value.facts = newValue }
  }
  /// The operations that this one calls.
  public var calls: [OperationCall] {
    get { profile.value.calls }
    set { profile.value.calls = newValue }
  }
  /// Who is asked.
  public var owner: String? {
    get { profile.value.owner }
    set { profile.value.owner = newValue }
  }
  /// Texts for reports.
  public var labels: [String: String] {
    get { profile.value.labels }
    set { profile.value.labels = newValue }
  }
  /// How much depends on it.
  public var criticality: Criticality {
    get { profile.value.criticality }
    set { profile.value.criticality = newValue }
  }
}

/// What is said of an operation beside its layers: most operations of a large file say nothing.
struct OperationProfile: Sendable {
  var facts = OperationFacts()
  var calls: [OperationCall] = []
  var owner: String?
  var labels: [String: String] = [:]
  var criticality = OperationDefinition.Criticality.normal

  /// The one of all operations that say nothing.
  static let empty = Shared(OperationProfile())
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
