internal import LocatedYAML

/// The elements that every file can extend or name; their numbers never change within a version of the language.
enum Presets {
  static let prefix = "preset."

  private static let text = """
    breakers:
      preset.standard: {failures: 5, open: 60s, halfOpen: 2}
      preset.aggressive: {failures: 3, open: 30s, halfOpen: 1}
      preset.conservative: {failures: 10, open: 300s, halfOpen: 5}
    retries:
      preset.standard: {attempts: 3, backoff: {initial: 100ms, factor: 2, max: 10s, jitter: full}}

    """

  private static let document = loadYAML(SourceText(path: "built-in presets", bytes: Array(text.utf8)))

  private static let elements: [SectionName: [String: Node]] = {
    var elements: [SectionName: [String: Node]] = [:]
    for (key, values) in document.root?.entries.map({ ($0.key, $0.value) }) ?? [] {
      guard let section = SectionName(rawValue: key.text) else { continue }
      for (name, value) in values.entries { elements[section, default: [:]][name.text] = value }
    }
    return elements
  }()

  static func has(_ name: String, in section: SectionName) -> Bool {
    name.hasPrefix(prefix) && elements[section]?[name] != nil
  }

  static func names(in section: SectionName) -> [String] { elements[section]?.keys.sorted() ?? [] }

  /// Every preset, by section and name.
  static var all: [(section: SectionName, name: String)] {
    SectionName.allCases.flatMap { section in names(in: section).map { (section, $0) } }
  }

  static func view(_ name: String, in section: SectionName) -> Layered? {
    guard name.hasPrefix(prefix), let node = elements[section]?[name] else { return nil }
    return Layered(node, origin: .parent(name))
  }

  /// Whether a value stands in a preset, where nobody can change it.
  static func hold(_ node: Node) -> Bool { node.source === document.source }

  /// The preset as it would be written in a file.
  static func written(_ name: String, in section: SectionName) -> String? {
    elements[section]?[name].map { $0.source.text($0.span) }
  }
}
