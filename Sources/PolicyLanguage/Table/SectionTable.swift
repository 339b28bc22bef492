/// One value for each section.
struct SectionTable<Value: Sendable>: Sendable {
  private var values: [Value]

  init(_ value: Value) { values = Array(repeating: value, count: SectionName.allCases.count) }

  subscript(_ section: SectionName) -> Value {
    get { values[section.position] }
    _modify { yield &values[section.position] }
  }
}

extension SectionName {
  /// The place among all cases.
  fileprivate var position: Int {
    switch self {
    case .errors: 0
    case .breakers: 1
    case .retries: 2
    case .budgets: 3
    case .timeouts: 4
    case .bulkheads: 5
    case .rateLimiters: 6
    case .hedges: 7
    case .fallbacks: 8
    case .pipelines: 9
    case .operations: 10
    case .healthChecks: 11
    case .recoveries: 12
    case .environments: 13
    }
  }
}
