extension Rule {
  static let unreachablePattern = Rule(
    "RP306", "unreachable-pattern", .warning, "A pattern that never wins.",
    why: """
      Every name that fits it also fits an entry that is more specific, so what stands there is never used.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        "**": {layers: [{deadline: 2s}]}
        "*.**": {layers: [{deadline: 3s}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        "**": {layers: [{deadline: 2s}]}
        "users.**": {layers: [{deadline: 3s}]}

      """)
}

/// Finds patterns whose every name fits a more specific entry.
///
/// Only `S.**` can be one: `S`, `S.*`, `S.*.*` and so on up to a pattern `S.*.….**` then take all its names.
struct UnreachablePatterns {
  let entries: [Entry]

  func check(_ log: inout FindingLog) {
    guard entries.contains(where: { $0.name.hasSuffix("**") }) else { return }
    let patterns = Set(entries.compactMap { OperationPattern($0.name)?.segments })
    for entry in entries {
      guard let pattern = OperationPattern(entry.name), pattern.isOpen else { continue }
      guard let winners = winners(over: pattern.segments.dropLast(), among: patterns) else { continue }
      log.add(
        Diagnostic(
          .unreachablePattern, "`\(entry.name)` never wins: \(winners) take every name that fits it",
          at: Location(entry.key), path: "operations.\(entry.name)",
          related: winnersOf(pattern.segments.dropLast()).map { .init(Location($0.key), "`\($0.name)` is here") },
          help: "remove it, or one of those"))
    }
  }

  /// The entries in words; `nil` when they leave a name over.
  private func winners(
    over prefix: ArraySlice<OperationPattern.Segment>, among patterns: Set<[OperationPattern.Segment]>
  ) -> String? {
    var longer = Array(prefix)
    var names: [String] = []
    while longer.isEmpty || patterns.contains(longer) {
      if !longer.isEmpty { names.append(text(longer)) }
      longer.append(.any)
      if patterns.contains(longer + [.rest]) {
        return (names + [text(longer + [.rest])]).map { "`\($0)`" }.joined(separator: ", ")
      }
    }
    return nil
  }

  private func winnersOf(_ prefix: ArraySlice<OperationPattern.Segment>) -> [Entry] {
    entries.filter { entry in
      guard let segments = OperationPattern(entry.name)?.segments, segments.starts(with: prefix) else { return false }
      return segments.last == .rest && segments.count > prefix.count + 1
        && segments.dropFirst(prefix.count).dropLast().allSatisfy { $0 == .any }
    }
  }

  private func text(_ segments: [OperationPattern.Segment]) -> String {
    segments.map {
      switch $0 {
      case .rest: "**"
      case .any: "*"
      case .literal(let text): text
      }
    }.joined(separator: ".")
  }
}
