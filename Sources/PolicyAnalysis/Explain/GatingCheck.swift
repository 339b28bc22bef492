import PolicyLanguage

extension PolicyDocument {
  /// The health checks that hold a breaker while they are unhealthy.
  func gates(of breaker: String) -> [ExplainedField] {
    healthChecks.values.filter { $0.value.gates.contains(breaker) }.sorted { $0.name < $1.name }.map {
      ExplainedField("gates", "held by unhealthy \($0.name)", of: $0, in: self)
    }
  }
}
