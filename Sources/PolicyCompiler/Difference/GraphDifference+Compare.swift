internal import PolicyLanguage
internal import ResilienceCore

extension GraphDifference {
  /// Compares what two graphs do. O(both documents).
  package init(from old: PolicyGraph, to new: PolicyGraph) {
    let before = Meanings(old)
    let after = Meanings(new)
    let renames = new.document.renames
    let known = renames.isEmpty ? nil : old.definitions
    let applied = renames.filter { known?.has($0.old, in: $0.section) == true }
    removable = renames.filter { known?.has($0.old, in: $0.section) == false }.map {
      Removable(section: $0.section.rawValue, rename: Renamed(old: $0.old, new: $0.new), location: $0.location)
    }
    sections = zip(before.sections, after.sections).compactMap { before, after in
      Section(
        before.name, before.meanings, after.meanings, renamed: applied.filter { $0.section.rawValue == before.name })
    }
    let changed = sections.first { $0.name == "operations" }.map { $0.added + $0.changed + $0.removed } ?? []
    operations = changed.sorted().map {
      Operation(name: $0, before: before.bounds(of: $0), after: after.bounds(of: $0))
    }
  }
}

extension GraphDifference.Section {
  /// `nil` when neither side has an element.
  fileprivate init?(
    _ name: String, _ before: [String: Meaning], _ after: [String: Meaning], renamed renames: [Rename]
  ) {
    guard !before.isEmpty || !after.isEmpty else { return nil }
    self.name = name
    renamed = renames.filter { before[$0.new] == nil }.map { GraphDifference.Renamed(old: $0.old, new: $0.new) }
    var before = before
    for rename in renamed { before[rename.new] = before.removeValue(forKey: rename.old) ?? after[rename.new] }
    for (element, meaning) in after.sorted(by: { $0.key < $1.key }) {
      switch before[element] {
      case nil: added.append(element)
      case meaning: kept.append(element)
      default: changed.append(element)
      }
    }
    removed = before.keys.filter { after[$0] == nil }.sorted()
  }
}

/// What an element makes calls do: equal meanings can take each other's place.
private typealias Meaning = AnyHashable

/// The meanings of all elements of a graph's document.
private struct Meanings {
  private let operations: [String: OperationDefinition]
  let sections: [(name: String, meanings: [String: Meaning])]

  init(_ graph: PolicyGraph) {
    let document = graph.document
    let number = graph.numbering
    let operations = Dictionary(document.operations.map { ($0.name, $0.value) }) { first, _ in first }
    self.operations = operations
    sections = [
      ("errors", Dictionary(document.errors.map { ($0.name, number($0.value)) }) { first, _ in first }),
      ("breakers", document.breakers.mapValues { number($0.value) }),
      ("retries", document.retries.mapValues { RetryMeaning($0.value, number) }),
      ("budgets", document.budgets.mapValues(\.value)),
      ("timeouts", document.timeouts.mapValues(\.value)),
      ("bulkheads", document.bulkheads.mapValues(\.value)),
      ("rateLimiters", document.rateLimiters.mapValues(\.value)),
      ("hedges", document.hedges.mapValues { HedgeMeaning($0.value, graph) }),
      ("fallbacks", document.fallbacks.mapValues { FallbackMeaning($0.value, number) }),
      ("pipelines", document.pipelines.mapValues { $0.value.map { LayerMeaning($0, number, graph) } }),
      ("operations", operations.mapValues { OperationMeaning($0, number, graph) }),
      ("healthChecks", document.healthChecks.mapValues(\.value)),
      ("recoveries", document.recoveries.mapValues(\.value)),
    ]
  }

  func bounds(of operation: String) -> CallBounds? {
    operations[operation].map { CallBounds($0.layers, mayHedge: $0.idempotency != .no) }
  }
}
