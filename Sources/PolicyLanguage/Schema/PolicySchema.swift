/// The JSON Schema (draft-07) of policy files, for editors and other validators.
public enum PolicySchema {
  /// The schema's text, from the field table.
  public static func json() -> String {
    var writer = SchemaWriter()
    let file = writer.definition(of: FileTable.file.facts, partial: false)
    writer.finish()
    return JSON.object(
      [
        ("$schema", .text("http://json-schema.org/draft-07/schema#")),
        ("title", .text("Resilience policies, version 1")),
        ("$comment", .text("Generated from the field table; see the reference page.")),
      ] + file + [("definitions", .object(writer.definitions))]
    ).written() + "\n"
  }
}

/// Turns kinds of maps into schemas, each once.
struct SchemaWriter {
  private(set) var definitions: [(key: String, value: JSON)] = []
  private var known: Set<String> = []
  private var waiting: [(section: SectionFacts, partial: Bool)] = []

  /// Writes the definitions that others refer to, until none is left.
  mutating func finish() {
    while let next = waiting.popLast() {
      let members = definition(of: next.section, partial: next.partial)
      definitions.append((Self.name(next.section, next.partial), .object(members)))
    }
    definitions.sort { $0.key < $1.key }
  }

  /// The schema of one kind of map. `partial`: as an override, where nothing is mandatory.
  mutating func definition(of section: SectionFacts, partial: Bool) -> [(key: String, value: JSON)] {
    let fields = section.fields.filter { $0.availability.isWritable }
    let isOverride = [FileTable.environment.facts.title, TuneTable.tune.facts.title].contains(section.title)
    var members: [(key: String, value: JSON)] = [
      ("description", .text(section.meaning)), ("type", .text("object")),
    ]
    if section.allowsExtensions { members.append(("patternProperties", .object([("^x-", .flag(true))]))) }
    members.append(("additionalProperties", .flag(false)))
    var properties: [(key: String, value: JSON)] = []
    for field in fields {
      let loose = partial || isOverride || section.inherits
      properties.append((field.name, property(field, partial: loose)))
    }
    members.append(("properties", .object(properties)))
    guard !partial else { return members }
    let strict = requirements(section, fields)
    if section.inherits {
      members.append(("if", .object([("required", .list([.text(SectionFacts.extends)]))])))
      members.append(("else", .object(strict + strictProperties(fields))))
    } else {
      members += strict
    }
    return members
  }

  private func requirements(_ section: SectionFacts, _ fields: [FieldFacts]) -> [(key: String, value: JSON)] {
    var members: [(key: String, value: JSON)] = []
    let mandatory = fields.filter(\.isMandatory).map { JSON.text($0.name) }
    if !mandatory.isEmpty { members.append(("required", .list(mandatory))) }
    func each(_ names: [String]) -> JSON {
      .list(
        names.filter { name in fields.contains { $0.name == name } }.map { name in
          .object([("required", .list([.text(name)]))])
        })
    }
    switch section.choice {
    case .free: break
    case .anyOf(let names): members.append(("anyOf", each(names)))
    case .oneOf(let names): members.append(("oneOf", each(names)))
    }
    return members
  }

  /// Inner maps, whole: an element that extends nothing has to say everything.
  private mutating func strictProperties(_ fields: [FieldFacts]) -> [(key: String, value: JSON)] {
    var properties: [(key: String, value: JSON)] = []
    for field in fields where !field.shape.maps.isEmpty {
      properties.append((field.name, .object(schema(field.shape, partial: false))))
    }
    return properties.isEmpty ? [] : [("properties", .object(properties))]
  }

  private mutating func property(_ field: FieldFacts, partial: Bool) -> JSON {
    var members: [(key: String, value: JSON)] = [("description", .text(description(field)))]
    let shape = schema(field.shape, partial: partial)
    // Beside `$ref` nothing else counts in draft-07.
    members += shape.contains { $0.key == "$ref" } ? [("allOf", .list([.object(shape)]))] : shape
    if field.standardIsValue, let standard = field.standard { members.append(("default", JSON(plain: standard))) }
    if let example = JSON(example: field.example) { members.append(("examples", .list([example]))) }
    return .object(members)
  }

  private func description(_ field: FieldFacts) -> String {
    var text = field.meaning.prefix(1).uppercased() + field.meaning.dropFirst() + "."
    if let standard = field.standard { text += " Default: \(standard)." }
    return text
  }

  private mutating func schema(_ shape: Shape, partial: Bool) -> [(key: String, value: JSON)] {
    switch shape {
    case .text(let text): return self.text(text)
    case .count(let range):
      return [("type", .text("integer")), ("minimum", .whole(range.lowerBound)), ("maximum", .whole(range.upperBound))]
    case .number(let least): return [("type", .text("number")), ("minimum", .number(least))]
    case .flag: return [("type", .text("boolean"))]
    case .words(let words):
      return [
        (
          "oneOf",
          .list(words.map { .object([("const", JSON(plain: $0.text)), ("description", .text($0.meaning))]) })
        )
      ]
    case .reference(.operations): return [("type", .text("string")), ("minLength", .whole(1))]
    case .reference: return [("type", .text("string")), ("pattern", .text(#"^[^\s0-9.+-][^\s]*$"#))]
    case .errorClasses: return [("type", .text("array")), ("items", .object([("type", .text("string"))]))]
    case .list(let each): return [("type", .text("array")), ("items", .object(schema(each, partial: false)))]
    case .map(let section): return [("$ref", .text("#/definitions/" + reference(section, partial)))]
    case .named(let each, _):
      return [("type", .text("object")), ("additionalProperties", .object(schema(each, partial: partial)))]
    case .either(let shapes):
      var choices: [JSON] = []
      for shape in shapes { choices.append(.object(schema(shape, partial: partial))) }
      return [("anyOf", .list(choices))]
    case .anything: return []
    }
  }

  private func text(_ text: TextShape) -> [(key: String, value: JSON)] {
    guard let pattern = text.pattern else {
      return [("type", .list([.text("string"), .text("number"), .text("boolean")]))]
    }
    let written: [(key: String, value: JSON)] = [("type", .text("string")), ("pattern", .text(pattern))]
    guard let numbers = text.numbers else { return written }
    let number: [(key: String, value: JSON)] = [
      ("type", .text("integer")), ("minimum", .whole(numbers.lowerBound)), ("maximum", .whole(numbers.upperBound)),
    ]
    return [("anyOf", .list([.object(number), .object(written)]))]
  }

  private mutating func reference(_ section: SectionFacts, _ partial: Bool) -> String {
    let name = Self.name(section, partial)
    if known.insert(name).inserted { waiting.append((section, partial)) }
    return name
  }

  /// `halfOpenState`, or `halfOpenStateOverride`.
  private static func name(_ section: SectionFacts, _ partial: Bool) -> String {
    let words = section.title.split { !$0.isLetter }
    let name = words.enumerated().map { $0.offset == 0 ? $0.element.lowercased() : $0.element.capitalizedFirst }
    return name.joined() + (partial ? "Override" : "")
  }
}

extension Substring {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension FieldFacts.Availability {
  /// Whether a file can have the field.
  var isWritable: Bool {
    switch self {
    case .available, .deprecated: true
    case .removed: false
    }
  }
}
