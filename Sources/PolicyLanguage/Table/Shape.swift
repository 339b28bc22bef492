/// What can stand in a place, without the types that it becomes: what the schema, the reference, completion and
/// did-you-mean look at.
indirect enum Shape: Sendable {
  /// One text of a notation such as a duration.
  case text(TextShape)
  /// A whole number.
  case count(ClosedRange<Int>)
  /// A number with a fraction, from `least` on.
  case number(least: Double)
  case flag
  /// One of a few words.
  case words([Word])
  /// The name of an element of a section.
  case reference(SectionName)
  /// The names of error classes, declared or built in.
  case errorClasses
  case list(of: Shape)
  /// A map with the fields of a table.
  case map(SectionFacts)
  /// A map from names of the writer's choosing.
  case named(each: Shape, name: String)
  case either([Shape])
  /// Any value at all.
  case anything
}

/// A word with a meaning of its own.
struct Word: Sendable, Equatable {
  let text: String
  let meaning: String

  init(_ text: String, _ meaning: String) {
    self.text = text
    self.meaning = meaning
  }
}

/// A notation of text: what it is called, how it looks, and the pattern that every such text fits.
struct TextShape: Sendable {
  /// `duration`
  let name: String
  /// `150ms`
  let examples: [String]
  /// A regular expression (ECMA 262) for the whole text; `nil`: any text.
  let pattern: String?
  /// The whole numbers among these texts, which YAML readers hand on as numbers.
  let numbers: ClosedRange<Int>?

  init(_ name: String, examples: [String], pattern: String?, numbers: ClosedRange<Int>? = nil) {
    self.name = name
    self.examples = examples
    self.pattern = pattern
    self.numbers = numbers
  }
}

extension Shape {
  /// What such a value is called in a sentence: `a duration such as `150ms``.
  var inWords: String {
    switch self {
    case .text(let text):
      "\(text.name.withArticle) such as `\(text.examples.first ?? "")`"
    case .count: "a whole number"
    case .number: "a number"
    case .flag: "`true` or `false`"
    case .words(let words): words.map { "`\($0.text)`" }.joinedAsAlternatives
    case .reference(let section): "the name of \(section.singular.withArticle)"
    case .errorClasses: "a list of error classes such as `[transient, timeout]`"
    case .list: "a list"
    case .map(let section): "a map with the fields of \(section.title.withArticle)"
    case .named: "a map from names"
    case .either(let shapes): shapes.map(\.inWords).joinedAsAlternatives
    case .anything: "any value"
    }
  }

  /// The maps that can stand here.
  var maps: [SectionFacts] {
    switch self {
    case .map(let facts): [facts]
    case .either(let shapes): shapes.flatMap(\.maps)
    default: []
    }
  }

  /// Whether a single value that is no name can stand here.
  var acceptsValue: Bool {
    switch self {
    case .list, .map, .named, .errorClasses, .reference: false
    case .either(let shapes): shapes.contains(where: \.acceptsValue)
    default: true
    }
  }
}

extension String {
  /// The noun with `a` or `an`.
  var withArticle: String {
    guard let first = lowercased().first else { return self }
    if hasPrefix("HTTP") || hasPrefix("errno") { return "an \(self)" }
    return ("aeio".contains(first) ? "an " : "a ") + self
  }
}

extension [String] {
  /// `x`, `x or y`, `x, y or z`.
  var joinedAsAlternatives: String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " or " + last
  }
}
