internal import PolicyLanguage

/// Reads the lines of a script one after the other.
struct ScriptReader {
  let path: String
  var lines: [Script.Line] = []
  var problems: [ScriptProblem] = []
  private(set) var calls = 0
  private var latest: (at: UInt64, text: String) = (0, "0ms")

  init(path: String) { self.path = path }

  mutating func read(_ bytes: ArraySlice<UInt8>, number: Int) {
    guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return }
    do throws(JSONProblem) {
      lines.append(try line(JSONReader.read(bytes), place: Place(bytes: bytes, line: number)))
    } catch {
      let place = Place(bytes: bytes, line: number)
      problems.append(
        ScriptProblem(
          path: path, line: number, column: place.column(of: error.offset), message: error.message, help: error.help))
    }
  }

  /// Where in the file a line stands.
  struct Place {
    let bytes: ArraySlice<UInt8>
    let line: Int

    /// From 1, in Unicode scalars.
    func column(of offset: Int) -> Int { bytes.prefix(offset).count { $0 & 0xC0 != 0x80 } + 1 }
  }

  private mutating func line(_ node: JSONNode, place: Place) throws(JSONProblem) -> Script.Line {
    var fields = try ScriptFields(node, "a line")
    let action = try fields.optional("do")
    let atNode = try fields.required("at", example: #""at":"1.5s""#)
    let at = try atNode.duration()
    // The call counts whatever else is wrong with its line, so that later lines name the right one.
    if action == nil { calls += 1 }
    let result: Script.Action
    if let action {
      result = try self.action(action, &fields, place)
    } else {
      result = .call(try call(&fields, place))
    }
    try fields.finish()
    try keepOrder(at, atNode)
    return Script.Line(at: at, action: result)
  }

  private mutating func keepOrder(_ at: UInt64, _ node: JSONNode) throws(JSONProblem) {
    guard at >= latest.at else {
      throw JSONProblem(
        "this line is earlier than the one before it, at `\(latest.text)`", at: node.offset,
        help: "lines stand in the order of time")
    }
    latest = (at, try node.text())
  }

  private func action(
    _ node: JSONNode, _ fields: inout ScriptFields, _ place: Place
  ) throws(JSONProblem) -> Script.Action {
    let words = ["cancel", "reload", "isolate", "close", "reset"]
    let word = try node.text()
    switch word {
    case "cancel": return .cancel(call: try callNumber(fields.required("call", example: #""call":1"#)))
    case "reload":
      let file = try fields.required("file", example: #""file":"changed.yaml""#)
      let name = try file.text()
      guard !name.isEmpty else { throw JSONProblem("the file has no name", at: file.offset) }
      return .reload(file: name)
    case "isolate": return .isolate(breaker: try breaker(&fields, place))
    case "close": return .close(breaker: try breaker(&fields, place))
    case "reset": return .reset(breaker: try breaker(&fields, place))
    default:
      throw JSONProblem(
        "a line cannot do `\(word)`", at: node.offset,
        help: NearestName(to: word, among: words).question ?? "it can \(words.joined(separator: ", "))")
    }
  }

  private func callNumber(_ node: JSONNode) throws(JSONProblem) -> Int {
    guard case .number(let text) = node.value, let number = Int(text), number >= 1 else {
      throw JSONProblem("this is not the number of a call", at: node.offset, help: "calls count from 1: `\"call\":1`")
    }
    guard number <= calls else {
      throw JSONProblem(
        "there is no call \(number) above this line", at: node.offset,
        help: calls == 0 ? "a call must begin before it is cancelled" : "calls 1 to \(calls) have begun")
    }
    return number
  }

  private func breaker(_ fields: inout ScriptFields, _ place: Place) throws(JSONProblem) -> Script.Name {
    let node = try fields.required("breaker", example: #""breaker":"database""#)
    return Script.Name(text: try node.text(), line: place.line, column: place.column(of: node.offset))
  }
}
