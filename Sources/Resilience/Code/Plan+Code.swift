internal import ResilienceCore

extension Plan {
  /// A plan without a policy file behind it: all such plans share chance, supervisor and classifier.
  convenience init(_ name: String, _ layers: [Layer], events: EventHub? = nil, on time: TimeSource) {
    self.init(
      operation: name, layers: layers, classifier: CodeMade.classifier, time: time, chance: CodeMade.chance,
      supervisor: CodeMade.supervisor, events: events)
  }

  /// A plan of a single layer.
  convenience init(_ name: String, _ mechanism: Layer.Mechanism, on time: TimeSource = .system) {
    self.init(name, [Layer(mechanism, name: name)], on: time)
  }
}

/// What plans that are made in code share.
private enum CodeMade {
  static let classifier = FailureClassifier()
  static let chance = Chance()
  static let supervisor = Supervisor()
}
