/// One field of the language: its facts, and where its value goes. Declared once, in one place, for every use.
struct Field<Draft: Sendable>: Sendable {
  /// How reading a field went.
  enum Reading {
    case wrong
    case value
    /// A value, and it is the one that a fresh draft has anyway.
    case standard
  }

  var facts: FieldFacts
  /// Reads a place in a file into the draft.
  let read: @Sendable (Layered, PolicyDecoder, inout Draft) -> Reading
  /// The default, as text, that a fresh draft has in the field's place.
  let standard: @Sendable (Draft) -> String?
}

extension Field {
  /// The facts, with the default that a fresh draft has.
  func facts(in draft: Draft) -> FieldFacts {
    var facts = facts
    if facts.standard == nil {
      facts.standard = standard(draft)
      facts.standardIsValue = facts.standard != nil
    }
    return facts
  }

  /// A field that a draft always has a value of; that value is the default, unless the field is mandatory.
  init<Value>(
    _ name: String, _ notation: Notation<Value>, to path: any WritableKeyPath<Draft, Value> & Sendable,
    mandatory: Bool = false, default described: String? = nil, _ meaning: String, example: String
  ) {
    self.init(
      facts: FieldFacts(
        name: name, shape: notation.shape, isMandatory: mandatory, standard: described, meaning: meaning,
        example: example),
      read: { [slot = FieldSlot(path)] layered, decoder, draft in
        guard let value = notation.read(layered, decoder) else { return .wrong }
        let isStandard = notation.same.map { slot.isSame(value, in: draft, $0) } ?? false
        slot.set(value, in: &draft)
        return isStandard && !mandatory ? .standard : .value
      },
      standard: { mandatory ? nil : notation.show($0[keyPath: path]) })
  }

  /// A field that a draft can be without; `default` says what that means.
  init<Value>(
    _ name: String, _ notation: Notation<Value>, to path: any WritableKeyPath<Draft, Value?> & Sendable,
    mandatory: Bool = false, default described: String? = nil, _ meaning: String, example: String
  ) {
    self.init(
      facts: FieldFacts(
        name: name, shape: notation.shape, isMandatory: mandatory, standard: described, meaning: meaning,
        example: example),
      read: { [slot = FieldSlot(path)] layered, decoder, draft in
        guard let value = notation.read(layered, decoder) else { return .wrong }
        let isStandard =
          notation.same.map { same in slot.isSame(value, in: draft) { own, _ in own.map { same($0, value) } ?? false } }
          ?? false
        slot.set(value, in: &draft)
        return isStandard && !mandatory ? .standard : .value
      },
      standard: { mandatory ? nil : $0[keyPath: path].flatMap(notation.show) })
  }

  init<Value>(
    _ name: String, _ notation: TextNotation<Value>, to path: any WritableKeyPath<Draft, Value> & Sendable,
    mandatory: Bool = false, default described: String? = nil, _ meaning: String, example: String
  ) {
    self.init(
      name, notation.notation, to: path, mandatory: mandatory, default: described, meaning, example: example)
  }

  init<Value>(
    _ name: String, _ notation: TextNotation<Value>, to path: any WritableKeyPath<Draft, Value?> & Sendable,
    mandatory: Bool = false, default described: String? = nil, _ meaning: String, example: String
  ) {
    self.init(
      name, notation.notation, to: path, mandatory: mandatory, default: described, meaning, example: example)
  }

  /// The same field, known to be on its way out.
  func deprecated(for replacement: String) -> Field {
    var field = self
    field.facts.availability = .deprecated(replacement: replacement)
    return field
  }

  /// The same name, no longer read.
  func removed(for replacement: String) -> Field {
    var field = self
    field.facts.availability = .removed(replacement: replacement)
    return field
  }
}
