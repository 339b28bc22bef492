/// How a kind of value is written: how a place in a file becomes the value, and how it is described to people and tools.
///
/// The shape is made when somebody asks: that of a section leads to those of all sections below it, and few files have them all.
struct Notation<Value: Sendable>: Sendable {
  private let describe: @Sendable () -> Shape
  /// Reads the value; reports and answers `nil` where it is not one.
  let read: @Sendable (Layered, PolicyDecoder) -> Value?
  /// The text that is read as this value; `nil` where it takes more than one word.
  let show: @Sendable (Value) -> String?
  /// Whether two values are the same; `nil` where nobody asks.
  let same: (@Sendable (Value, Value) -> Bool)?

  init(
    _ shape: @autoclosure @escaping @Sendable () -> Shape,
    read: @escaping @Sendable (Layered, PolicyDecoder) -> Value?,
    show: @escaping @Sendable (Value) -> String? = { _ in nil }, same: (@Sendable (Value, Value) -> Bool)? = nil
  ) {
    describe = shape
    self.read = read
    self.show = show
    self.same = same
  }

  var shape: Shape { describe() }
}

/// How a kind of value is written as one text.
struct TextNotation<Value: Equatable & Sendable>: Sendable {
  private let describe: @Sendable () -> Shape
  let parse: @Sendable (String) throws(Advice) -> Value
  let show: @Sendable (Value) -> String?

  init(
    _ shape: @autoclosure @escaping @Sendable () -> Shape,
    parse: @escaping @Sendable (String) throws(Advice) -> Value, show: @escaping @Sendable (Value) -> String?
  ) {
    describe = shape
    self.parse = parse
    self.show = show
  }

  var shape: Shape { describe() }

  /// The notation as a field reads it: the text of a scalar.
  var notation: Notation<Value> {
    Notation(
      shape, read: { layered, decoder in decoder.scalar(layered, as: self) }, show: show, same: { $0 == $1 })
  }

  /// The same texts, read as another value.
  func map<Other: Equatable & Sendable>(
    _ other: @escaping @Sendable (Value) -> Other, back: @escaping @Sendable (Other) -> Value?
  ) -> TextNotation<Other> {
    TextNotation<Other>(
      shape, parse: { text throws(Advice) in other(try parse(text)) }, show: { back($0).flatMap(show) })
  }

  /// The same texts, and a word that says that there is no value.
  func or(_ word: String, _ meaning: String) -> TextNotation<Value?> {
    TextNotation<Value?>(
      .either([shape, .words([Word(word, meaning)])]),
      parse: { text throws(Advice) in
        if text == word { return nil }
        do throws(Advice) { return try parse(text) } catch { throw error.offering(word) }
      },
      show: { $0.map(show) ?? word })
  }
}

extension Advice {
  /// The same advice where `word` turns the thing off.
  func offering(_ word: String?) -> Advice {
    guard let word, rule == .magicValue else { return self }
    return Advice(.magicValue, message, replacement: word, safety: .unsafe)
  }
}
