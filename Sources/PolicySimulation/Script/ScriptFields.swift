internal import PolicyLanguage

/// The members of a JSON object, each of which has to be asked for: what nobody asks for is an error.
struct ScriptFields {
  private let members: [JSONNode.Member]
  private let offset: Int
  private let what: String
  private var asked: [String] = []

  /// - Parameter what: What the object is, with an article.
  init(_ node: JSONNode, _ what: String) throws(JSONProblem) {
    guard case .object(let members) = node.value else {
      throw JSONProblem("\(what) is not an object but \(node.kind)", at: node.offset)
    }
    self.members = members
    offset = node.offset
    self.what = what
  }

  mutating func optional(_ key: String) throws(JSONProblem) -> JSONNode? {
    asked.append(key)
    guard let node = members.first(where: { $0.key == key })?.value else { return nil }
    if case .null = node.value {
      throw JSONProblem("`\(key)` is null", at: node.offset, help: "leave it out")
    }
    return node
  }

  mutating func required(_ key: String, example: String) throws(JSONProblem) -> JSONNode {
    if let node = try optional(key) { return node }
    throw JSONProblem("\(what) lacks `\(key)`", at: offset, help: "such as `\(example)`")
  }

  /// - Parameter word: What the object does, when that decides which members it has.
  func finish(doing word: String? = nil) throws(JSONProblem) {
    guard let stranger = members.first(where: { !asked.contains($0.key) }) else { return }
    let subject = word.map { "\(what) that ends with `\($0)`" } ?? what
    throw JSONProblem(
      "\(subject) has no `\(stranger.key)`", at: stranger.offset,
      help: NearestName(to: stranger.key, among: asked).question ?? "it has \(asked.joined(separator: ", "))")
  }
}

extension JSONNode {
  func text() throws(JSONProblem) -> String {
    guard case .string(let text) = value else { throw JSONProblem("this is not a text but \(kind)", at: offset) }
    return text
  }

  /// Nanoseconds, written as in policy files; nothing is a duration too.
  func duration() throws(JSONProblem) -> UInt64 {
    guard case .string(let text) = value else {
      var help = "write it with its unit, such as \"1.5s\""
      if case .number(let number) = value { help = "write it with its unit, such as \"\(number)ms\"" }
      throw JSONProblem("this is not a duration but \(kind)", at: offset, help: help)
    }
    do throws(PlainNumber.Problem) {
      return try PlainNumber.duration(text)
    } catch {
      throw JSONProblem(error.message, at: offset, help: error.help)
    }
  }

  /// An object of texts.
  func texts() throws(JSONProblem) -> [String: String] {
    guard case .object(let members) = value else {
      throw JSONProblem("this is not an object of texts but \(kind)", at: offset, help: #"such as {"tenant":"a"}"#)
    }
    var texts: [String: String] = [:]
    for member in members { texts[member.key] = try member.value.text() }
    return texts
  }
}
