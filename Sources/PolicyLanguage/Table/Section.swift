/// One kind of map in a file: its fields, its short forms, and the draft that reading it fills.
struct Section<Draft: Sendable>: Sendable {
  let facts: SectionFacts
  let fields: [Field<Draft>]
  let shorthands: [Shorthand<Draft>]
  /// What a map without any field says.
  let initial: Draft

  init(
    _ title: String, _ meaning: String, _ initial: Draft, shorthands: [Shorthand<Draft>] = [],
    choice: SectionFacts.Choice = .free, inherits: Bool = false, allowsExtensions: Bool = false,
    @FieldsBuilder<Draft> fields: () -> [Field<Draft>]
  ) {
    let fields = fields() + (inherits ? Section.inheritance : [])
    self.initial = initial
    self.fields = fields
    self.shorthands = shorthands
    facts = SectionFacts(
      title: title, meaning: meaning,
      fields: fields.map { field in
        var facts = field.facts
        if facts.standard == nil, facts.availability != .later {
          facts.standard = field.standard(initial)
          facts.standardIsValue = facts.standard != nil
        }
        return facts
      },
      shorthands: shorthands.compactMap(\.facts), choice: choice, inherits: inherits,
      allowsExtensions: allowsExtensions)
  }

  /// What every named element can have besides its own fields.
  private static var inheritance: [Field<Draft>] {
    [
      Field(
        facts: FieldFacts(
          name: SectionFacts.extends, shape: .text(TextShape("name", examples: ["standard"], pattern: nil)),
          meaning: "the element of the same section that this one begins from", example: "standard"),
        read: { layered, decoder, _ in
          decoder.consume(layered.node)
          return .value
        }, standard: { _ in nil }),
      .later(
        "renamedFrom", .text(TextShape("name", examples: ["standard"], pattern: nil)),
        "the element whose live state this one takes over", example: "old-name"),
    ]
  }
}

extension SectionFacts {
  /// The field that names the element to begin from.
  static let extends = "extends"
}

/// A scalar in the place of a map.
enum Shorthand<Draft: Sendable>: Sendable {
  /// A word with a meaning of its own.
  case word(Word, assign: @Sendable (inout Draft) -> Void)
  /// A value that is given to all of these fields.
  case value(Shape, fields: [String], example: String)
  /// A word that this version cannot carry out.
  case laterWord(String)

  /// `nil` for what cannot be written yet.
  var facts: ShorthandFacts? {
    switch self {
    case .laterWord: nil
    case .word(let word, _): ShorthandFacts(shape: .words([word]), short: word.text, long: word.meaning)
    case .value(let shape, let fields, let example):
      ShorthandFacts(
        shape: shape, short: example, long: "{" + fields.map { "\($0): \(example)" }.joined(separator: ", ") + "}")
    }
  }
}

/// Lets a table be written one field a line.
@resultBuilder enum FieldsBuilder<Draft: Sendable> {
  static func buildExpression(_ field: Field<Draft>) -> Field<Draft> { field }
  static func buildBlock(_ fields: Field<Draft>...) -> [Field<Draft>] { fields }
}
