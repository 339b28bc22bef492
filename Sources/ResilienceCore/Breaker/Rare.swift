/// A value that is there now and then, kept outside of what it belongs to: a word while it is not, an allocation while it is.
struct Rare<Value: Hashable & Sendable>: Hashable, Sendable {
  /// One element at most: an array is the box that is changed in place and copied like a value.
  private var content: [Value] = []

  var isThere: Bool { !content.isEmpty }

  /// Reads the value in its place, if it is there.
  func read<Answer>(_ body: (borrowing Value) -> Answer) -> Answer? {
    content.isEmpty ? nil : body(content[0])
  }

  /// Changes the value in its place, if it is there.
  @discardableResult
  mutating func change<Answer>(_ body: (inout Value) -> Answer) -> Answer? {
    content.isEmpty ? nil : body(&content[0])
  }

  /// Changes the value in its place, after it was made if it was not there.
  mutating func change<Answer>(orMake make: () -> Value, _ body: (inout Value) -> Answer) -> Answer {
    if content.isEmpty { content = [make()] }
    return body(&content[0])
  }

  mutating func remove() { content = [] }
}
