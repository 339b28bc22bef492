/// The reference page of the language.
public enum Reference {
  /// The page, in Markdown, from the field table.
  public static func markdown() -> String {
    let parts = [introduction, notations] + FieldPlaces.sections.map(section) + [errorClasses, presets]
    return parts.joined(separator: "\n")
  }

  private static let introduction = """
    # The policy language, version 1

    This page is generated from the table that the decoder reads files with (`make docs`).

    A file is a map of sections. Everything named is a map from names; only pipelines, where order matters, are lists,
    outermost first. Units are part of a value, and `none` turns a thing off; `0`, `-1`, `null` and an empty value never do.
    Everything that stands in a file is read or reported. Keys that begin with `x-` are left alone at the top level.

    An element that `extends` another one of its section says only what differs: maps are merged field by field, a list
    or a single value replaces. The same holds for the overrides under `environments`, which can only name what exists.
    A single value that stands for a map is that map's short form: it replaces, and is merged as its long form.

    """

  private static var notations: String {
    var seen: Set<String> = []
    var lines = ["## Values", "", "| value | written |", "|---|---|"]
    for shape in FieldPlaces.sections.flatMap({ $0.section.fields }).flatMap(\.shape.texts)
    where shape.pattern != nil && seen.insert(shape.name).inserted {
      lines.append("| \(shape.name) | \(shape.examples.map { "`\($0)`" }.joined(separator: " ")) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ place: FieldPlaces.Place) -> String {
    let facts = place.section
    var lines = ["## \(place.path.isEmpty ? "The file" : "`\(place.path)`")", "", facts.meaning, ""]
    if let choice = choice(facts) { lines += [choice, ""] }
    lines += ["| field | value | default | meaning | example |", "|---|---|---|---|---|"]
    lines += facts.fields.filter { $0.availability.isWritable }.map(row)
    if !facts.shorthands.isEmpty {
      lines += ["", "| short form | is the same as |", "|---|---|"]
      lines += facts.shorthands.map { "| `\($0.short)` | \($0.long.hasPrefix("{") ? "`\($0.long)`" : $0.long) |" }
    }
    lines += words(facts)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func choice(_ facts: SectionFacts) -> String? {
    func names(_ all: [String]) -> String {
      all.filter { facts.field($0)?.availability.isWritable ?? false }.map { "`\($0)`" }.joinedAsAlternatives
    }
    return switch facts.choice {
    case .free: nil
    case .anyOf(let all): "At least one of \(names(all))."
    case .oneOf(let all): "Exactly one of \(names(all))."
    }
  }

  private static func row(_ field: FieldFacts) -> String {
    let standard =
      field.isMandatory ? "**mandatory**" : field.standard.map { field.standardIsValue ? "`\($0)`" : $0 } ?? ""
    return "| `\(field.name)` | \(field.shape.inReference) | \(standard) | \(field.meaning) | `\(field.example)` |"
  }

  private static func words(_ facts: SectionFacts) -> [String] {
    facts.fields.filter { $0.availability.isWritable }.flatMap { field in
      let words = field.shape.words.filter { $0.text != "none" }
      return words.count < 2
        ? []
        : ["", "`\(field.name)`:", ""] + words.map { "- `\($0.text)`: \($0.meaning)" }
    }
  }

  private static var errorClasses: String {
    var lines = ["## Built-in error classes", "", "| class | failures |", "|---|---|"]
    lines += (BuiltInClass.classes.map(\.word) + [BuiltInClass.all]).map { "| `\($0.text)` | \($0.meaning) |" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static var presets: String {
    var lines = ["## Presets", "", "| section | name | says |", "|---|---|---|"]
    lines += Presets.all.map { section, name in
      "| `\(section.rawValue)` | `\(name)` | `\(Presets.written(name, in: section) ?? "")` |"
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Shape {
  /// The value in a table cell.
  fileprivate var inReference: String {
    switch self {
    case .text(let text): text.name
    case .count: "count"
    case .number: "number"
    case .flag: "`true` or `false`"
    case .words(let words): words.map { "`\($0.text)`" }.joined(separator: ", ")
    case .reference(let section): "name of \(section.singular.withArticle)"
    case .errorClasses: "list of error classes"
    case .list(let each): "list: \(each.inReference)"
    case .map: "map"
    case .named(let each, let name): "\(name) names: \(each.inReference)"
    case .either(let shapes): shapes.map(\.inReference).joined(separator: ", or ")
    case .anything: "anything"
    }
  }

  fileprivate var texts: [TextShape] {
    switch self {
    case .text(let text): [text]
    case .list(let each), .named(let each, _): each.texts
    case .either(let shapes): shapes.flatMap(\.texts)
    default: []
    }
  }

  fileprivate var words: [Word] {
    switch self {
    case .words(let words): words
    case .either(let shapes): shapes.flatMap(\.words)
    default: []
    }
  }
}
