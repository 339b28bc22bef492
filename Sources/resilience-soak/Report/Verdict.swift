/// What a soak has to show, and what it showed.
struct Verdict: Sendable {
  struct Check: Sendable {
    let text: String
    let holds: Bool
    /// The figures behind it.
    let facts: String
  }

  let checks: [Check]

  /// Prints every check.
  ///
  /// - Returns: Whether all of them hold.
  func show() -> Bool {
    tell()
    for check in checks { tell("\(check.holds ? "✓" : "✗") \(check.text) (\(check.facts))") }
    return checks.allSatisfy(\.holds)
  }
}
