internal import LocatedYAML

/// Everything that the files define, by section and name, before any of it is read.
struct Catalogue: Sendable {
  var sections = SectionTable(NamedEntries())
  var environments: [String: Environment] = [:]
  /// In the order of the files.
  var environmentNames: [String] = []
  var guardrails: [Node] = []
  var waivers: [Waiver] = []
  /// The entries of `operations` that are patterns.
  var patterns: [OperationPattern] = []
  /// Whether a file is missing: then nothing is said of names that it may define.
  var isIncomplete = false
  /// How many nodes the files have.
  var nodeCount = 0
  /// Text that a syntax error made unreadable: what is missing elsewhere may stand in it.
  var hidden: [Hidden] = []

  struct Hidden: Sendable {
    let location: Location
    let text: String
  }

  func entry(_ name: String, in section: SectionName) -> Entry? { sections[section][name] }

  /// Whether unreadable text has one of these words: then nothing is said of its absence.
  func mayHide(_ names: [String]) -> Bool {
    isIncomplete || hidden.contains { hidden in names.contains { hidden.text.contains($0) } }
  }

  /// The same for fields of one map: only unreadable text in or right behind the map counts.
  func mayHide(_ names: [String], near map: Node) -> Bool {
    hidden.contains { hidden in
      hidden.location.source === map.source && names.contains { hidden.text.contains($0) }
    }
  }
}
