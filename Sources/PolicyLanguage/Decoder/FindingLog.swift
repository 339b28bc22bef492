internal import LocatedYAML

/// The findings of one load, each once: values that several elements or environments share are read several times.
struct FindingLog {
  private(set) var findings: [Diagnostic] = []
  private var seen: Set<Key> = []
  /// How often something was found, what had been found before included.
  private(set) var addedCount = 0
  var hasErrors: Bool { findings.contains { $0.rule.stopsLoading } }

  private struct Key: Hashable {
    let rule: String
    let location: Location
    let message: String
  }

  mutating func add(_ finding: Diagnostic) {
    addedCount &+= 1
    guard seen.insert(Key(rule: finding.rule.code, location: finding.location, message: finding.message)).inserted
    else { return }
    findings.append(finding)
  }

  /// Takes back what was said of nulls inside values that are kept as they stand: there they are JSON's.
  mutating func allowNulls(inside values: [Location]) {
    guard !values.isEmpty else { return }
    findings.removeAll { finding in
      finding.rule == .emptyValue
        && ["~", "null", "Null", "NULL"].contains(finding.location.source.text(finding.location.span))
        && values.contains { $0.source === finding.location.source && $0.span.contains(finding.location.span) }
    }
  }

  mutating func add(_ more: FindingLog) { for finding in more.findings { add(finding) } }

  /// The findings in the order in which a reader meets them: by file in the order of `sources`, then by place.
  func sorted(by sources: [SourceText]) -> [Diagnostic] {
    var rank: [ObjectIdentifier: Int] = [:]
    for (index, source) in sources.enumerated() { rank[ObjectIdentifier(source)] = index }
    func order(_ finding: Diagnostic) -> (Int, Int, String) {
      (rank[ObjectIdentifier(finding.location.source)] ?? .max, finding.location.span.start, finding.rule.code)
    }
    return findings.enumerated().sorted { left, right in
      let (a, b) = (order(left.element), order(right.element))
      return a == b ? left.offset < right.offset : a < b
    }.map(\.element)
  }
}
