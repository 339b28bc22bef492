internal import PolicyLanguage

extension Script {
  /// The longest script that is read.
  package static let maximumBytes = 64 << 20

  /// Reads a script: one JSON object a line, empty lines between them.
  ///
  /// - Throws: Everything that is wrong with it, by line.
  package init(_ bytes: [UInt8], path: String) throws(ScriptProblems) {
    var reader = ScriptReader(path: path)
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      reader.read(line, number: index + 1)
    }
    if reader.problems.isEmpty, reader.calls == 0 {
      reader.problems.append(
        ScriptProblem(
          path: path, line: 1, column: 1, message: "the script has no call",
          help: #"a call is a line such as {"at":"0ms","attempts":[{"takes":"30ms","end":"ok"}]}"#))
    }
    if let problems = ScriptProblems(reader.problems) { throw problems }
    self.path = path
    lines = reader.lines
  }

  /// What the script names and the policy files do not have.
  package func problems(classes: [String], breakers: [String]) -> [ScriptProblem] {
    let known = classes + ["other"]
    let classProblems = errorClasses.filter { !known.contains($0.text) }.map { name in
      problem(
        at: name, "there is no error class `\(name.text)`",
        NearestName(to: name.text, among: known).question ?? "there are \(known.joined(separator: ", "))")
    }
    let breakerProblems = self.breakers.filter { !breakers.contains($0.breakerName) }.map { name in
      problem(
        at: name, "there is no breaker `\(name.text)`",
        NearestName(to: name.text, among: breakers).question
          ?? (breakers.isEmpty ? "the file has none" : "there are \(breakers.sorted().joined(separator: ", "))"))
    }
    return (classProblems + breakerProblems).sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  private func problem(at name: Name, _ message: String, _ help: String) -> ScriptProblem {
    ScriptProblem(path: path, line: name.line, column: name.column, message: message, help: help)
  }
}

extension Script.Name {
  /// The name of the breaker's definition: `database` of `database{tenant=a}`.
  var breakerName: String { String(text.prefix { $0 != "{" }) }
}

/// Everything that is wrong with a script.
package struct ScriptProblems: Error, Hashable, Sendable {
  /// By line; never empty.
  package let all: [ScriptProblem]

  /// `nil` when there is none.
  package init?(_ problems: [ScriptProblem]) {
    guard !problems.isEmpty else { return nil }
    all = problems
  }
}

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

  private func call(_ fields: inout ScriptFields, _ place: Place) throws(JSONProblem) -> Script.Call {
    var call = Script.Call()
    if let labels = try fields.optional("labels") { call.labels = try labels.texts() }
    let example = #""attempts":[{"takes":"30ms","end":"ok"}]"#
    let list = try fields.required("attempts", example: example)
    guard case .array(let nodes) = list.value, !nodes.isEmpty else {
      throw JSONProblem("`attempts` is not a list of attempts", at: list.offset, help: "write `\(example)`")
    }
    for node in nodes { call.attempts.append(try attempt(node, place)) }
    return call
  }

  private func attempt(_ node: JSONNode, _ place: Place) throws(JSONProblem) -> Script.Attempt {
    var fields = try ScriptFields(node, "an attempt")
    let endNode = try fields.required("end", example: #""end":"ok""#)
    let word = try endNode.text()
    let end: Script.Attempt.End
    switch word {
    case "ok": end = .ok
    case "hang": end = .hang
    case "fail":
      let name = try fields.optional("class")
      let hint = try fields.optional("retryAfter")
      var errorClass: Script.Name?
      if let name {
        errorClass = Script.Name(text: try name.text(), line: place.line, column: place.column(of: name.offset))
      }
      var retryAfter: UInt64?
      if let hint { retryAfter = try hint.duration() }
      end = .fail(errorClass: errorClass, retryAfter: retryAfter)
    default:
      throw JSONProblem(
        "an attempt cannot end with `\(word)`", at: endNode.offset,
        help: NearestName(to: word, among: ["ok", "fail", "hang"]).question ?? "it ends with ok, fail or hang")
    }
    var attempt = Script.Attempt(end: end)
    if end != .hang, let takes = try fields.optional("takes") { attempt.takes = try takes.duration() }
    try fields.finish(doing: word)
    return attempt
  }
}
