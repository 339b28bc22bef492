internal import PolicyLanguage

/// Calls and what their attempts do.
extension ScriptReader {
  func call(_ fields: inout ScriptFields, _ place: Place) throws(JSONProblem) -> Script.Call {
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
