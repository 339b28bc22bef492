/// One kind of map in a file: its fields, its short forms, and the draft that reading it fills.
struct Section<Draft: Sendable>: Sendable {
  let facts: SectionFacts
  /// How each field of ``facts`` is read, in the same order.
  let readers: [@Sendable (Layered, PolicyDecoder, inout Draft) -> Field<Draft>.Reading]
  /// The name of each field, and whether it is read without more ado.
  let names: [String]
  let isAvailable: [Bool]
  /// The words that can stand in the place of the map.
  let words: [(word: String, assign: @Sendable (inout Draft) -> Void)]
  /// The fields that a value in the place of the map is given to.
  let valueFields: [Int]
  /// The fields that have to be there.
  let mandatory: [Int]
  /// What a map without any field says.
  let initial: Draft

  init(
    _ title: String, _ meaning: String, _ initial: Draft, shorthands: [Shorthand<Draft>] = [],
    choice: SectionFacts.Choice = .free, inherits: Bool = false, keepsState: Bool = false,
    allowsExtensions: Bool = false, @FieldsBuilder<Draft> fields: () -> [Field<Draft>]
  ) {
    let fields = fields() + (inherits ? [Section.parent] : []) + (keepsState ? [Section.formerName] : [])
    self.initial = initial
    readers = fields.map(\.read)
    names = fields.map(\.facts.name)
    isAvailable = fields.map { $0.facts.availability == .available }
    facts = SectionFacts(
      title: title, meaning: meaning, fields: fields.map { $0.facts(in: initial) },
      shorthands: shorthands.map(\.facts), choice: choice, inherits: inherits,
      allowsExtensions: allowsExtensions)
    mandatory = fields.indices.filter { fields[$0].facts.isMandatory }
    words = shorthands.compactMap(\.word)
    valueFields = shorthands.flatMap(\.valueFields).compactMap { name in
      fields.firstIndex { $0.facts.name == name }
    }
  }

  /// What every element that can begin from another one has besides its own fields.
  private static var parent: Field<Draft> {
    Field(
      facts: FieldFacts(
        name: SectionFacts.extends, shape: .text(TextShape("name", examples: ["standard"], pattern: nil)),
        meaning: "the element of the same section that this one begins from", example: "standard"),
      read: { layered, decoder, _ in
        decoder.consume(layered.node)
        return .value
      }, standard: { _ in nil })
  }

  /// What every element with live state has besides its own fields.
  private static var formerName: Field<Draft> {
    Field(
      facts: FieldFacts(
        name: SectionFacts.renamedFrom, shape: .text(TextShape("name", examples: ["old-name"], pattern: nil)),
        meaning: "the element whose live state this one takes over, once: for the reload that renames it",
        example: "old-name"),
      read: { layered, decoder, _ in decoder.readFormerName(layered) ? .value : .wrong }, standard: { _ in nil })
  }
}

extension SectionFacts {
  /// The field that names the element to begin from.
  static let extends = "extends"

  /// The field that names the element whose live state is taken over.
  static let renamedFrom = "renamedFrom"
}

/// A scalar in the place of a map.
enum Shorthand<Draft: Sendable>: Sendable {
  /// A word with a meaning of its own.
  case word(Word, assign: @Sendable (inout Draft) -> Void)
  /// A value that is given to all of these fields.
  case value(Shape, fields: [String], example: String)

  fileprivate var word: (word: String, assign: @Sendable (inout Draft) -> Void)? {
    if case .word(let word, let assign) = self { (word.text, assign) } else { nil }
  }

  fileprivate var valueFields: [String] {
    if case .value(_, let fields, _) = self { fields } else { [] }
  }

  var facts: ShorthandFacts {
    switch self {
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
