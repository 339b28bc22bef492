extension Scenario {
  /// Every line of the table, in its order.
  static var all: [Scenario] {
    blockingCalls + contendedCalls + asynchronousCalls + timers + memory + lookUps + loading + programs
  }
}
