/// A JSON value that knows where in its text it begins.
struct JSONNode {
  indirect enum Value {
    case null
    case bool(Bool)
    /// As it is written.
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([Member])
  }

  struct Member {
    let key: String
    /// Where the key begins.
    let offset: Int
    let value: JSONNode
  }

  let value: Value
  /// The byte at which it begins.
  let offset: Int

  /// What kind of value it is, with an article.
  var kind: String {
    switch value {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

/// Why a text is not the JSON that was expected, and where.
struct JSONProblem: Error {
  let offset: Int
  let message: String
  var help: String?

  init(_ message: String, at offset: Int, help: String? = nil) {
    self.message = message
    self.offset = offset
    self.help = help
  }
}
