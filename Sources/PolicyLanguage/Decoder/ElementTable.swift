internal import ResilienceCore

/// The elements of one section, at the positions of their names; `nil` where one could not be read.
typealias ElementList<Value: Sendable> = [Definition<Value>?]

extension Array {
  /// The element of a list of elements at a position; `nil` when it could not be read.
  func at<Value>(_ position: Int) -> Definition<Value>? where Element == Definition<Value>? {
    indices.contains(position) ? self[position] : nil
  }
}

/// The elements of one environment, as far as they have been read.
struct ElementTable {
  var errors: ElementList<ErrorClass> = []
  var breakers: ElementList<BreakerDefinition> = []
  var retries: ElementList<RetryDefinition> = []
  var budgets: ElementList<RetryBudgetSettings> = []
  var timeouts: ElementList<TimeoutSettings> = []
  var bulkheads: ElementList<BulkheadDefinition> = []
  var rateLimiters: ElementList<RateLimiterDefinition> = []
  var hedges: ElementList<HedgeDefinition> = []
  var fallbacks: ElementList<FallbackDefinition> = []
  var pipelines: ElementList<[LayerDefinition]> = []
  var operations = Operations([])
  var healthChecks: ElementList<HealthCheckDefinition> = []
  var recoveries: ElementList<RecoveryDefinition> = []
}

/// Which elements of the files something refers to.
struct UsedNames {
  private var used = SectionTable<[Bool]>([])

  mutating func insert(_ position: Int, in section: SectionName) {
    if used[section].count <= position {
      used[section] += Array(repeating: false, count: max(position + 1, 2 * position) - used[section].count)
    }
    used[section][position] = true
  }

  func contains(_ position: Int, in section: SectionName) -> Bool {
    used[section].indices.contains(position) && used[section][position]
  }

  mutating func formUnion(_ other: UsedNames) {
    for section in SectionName.allCases {
      for (position, isUsed) in other.used[section].enumerated() where isUsed { insert(position, in: section) }
    }
  }
}
