internal import LocatedYAML

/// What is known of one field: the source of the schema, the reference, completion and the advice on unknown keys.
struct FieldFacts: Sendable {
  /// Whether this version of the program carries a field out.
  enum Availability: Sendable, Equatable {
    case available
    /// Works, and has a successor.
    case deprecated(replacement: String)
    /// No longer works.
    case removed(replacement: String)
  }

  let name: String
  private let describe: @Sendable () -> Shape
  let isMandatory: Bool
  /// The default as it would be written, or in words where it follows from other fields.
  var standard: String?
  /// Whether the default is a value that could be written, not words about one.
  var standardIsValue = false
  /// The version of the language that brought it.
  var since = 1
  var availability = Availability.available
  /// One line.
  let meaning: String
  /// A value as it is written in a file.
  let example: String

  init(
    name: String, shape: @autoclosure @escaping @Sendable () -> Shape, isMandatory: Bool = false,
    standard: String? = nil,
    meaning: String, example: String
  ) {
    self.name = name
    describe = shape
    self.isMandatory = isMandatory
    self.standard = standard
    self.meaning = meaning
    self.example = example
  }

  /// What can stand there; see ``Notation``.
  var shape: Shape { describe() }
}

/// What is known of one kind of map: its fields and its short forms.
final class SectionFacts: Sendable {
  /// How many of some fields have to be there.
  enum Choice: Sendable {
    case free
    /// At least one of these.
    case anyOf([String])
    /// One of these and no other.
    case oneOf([String])

    var names: [String] {
      switch self {
      case .free: []
      case .anyOf(let names), .oneOf(let names): names
      }
    }
  }

  /// `retry`, `open time of a breaker`.
  let title: String
  /// One line.
  let meaning: String
  let fields: [FieldFacts]
  let shorthands: [ShorthandFacts]
  let choice: Choice
  /// Whether an element of this kind can extend another one.
  let inherits: Bool
  /// Whether keys that begin with `x-` are left alone.
  let allowsExtensions: Bool
  /// The fields that ``choice`` is about.
  let choices: FieldSet
  /// The names of the fields, as keys are compared with them; `nil` for a long one.
  private let shortNames: [ShortText?]

  init(
    title: String, meaning: String, fields: [FieldFacts], shorthands: [ShorthandFacts], choice: Choice,
    inherits: Bool, allowsExtensions: Bool
  ) {
    self.title = title
    self.meaning = meaning
    self.fields = fields
    self.shorthands = shorthands
    self.choice = choice
    self.inherits = inherits
    self.allowsExtensions = allowsExtensions
    shortNames = fields.map { ShortText($0.name) }
    var choices = FieldSet()
    for (index, field) in fields.enumerated() where choice.names.contains(field.name) { _ = choices.insert(index) }
    self.choices = choices
  }

  func field(_ name: String) -> FieldFacts? { position(of: name).map { fields[$0] } }

  /// The field's place in the table. O(fields).
  func position(of name: String) -> Int? {
    guard let short = ShortText(name) else { return fields.firstIndex { $0.name == name } }
    return position(of: short)
  }

  /// The place in the table of the field that a key names. O(fields).
  func position(of key: Node) -> Int? {
    guard key.kind == .scalar else { return nil }
    guard let short = key.shortText else { return position(of: key.text) }
    return position(of: short)
  }

  /// The same by number; `nil` also for a long name.
  func position(of key: UInt32, in tree: Tree) -> Int? { tree.shortText(of: key).flatMap { position(of: $0) } }

  private func position(of name: ShortText) -> Int? {
    for index in shortNames.indices where shortNames[index] == name { return index }
    return nil
  }
}

/// A short form and the long form that it is equal to.
struct ShorthandFacts: Sendable {
  let shape: Shape
  /// `60s`
  let short: String
  /// `{for: 60s}`
  let long: String
}
