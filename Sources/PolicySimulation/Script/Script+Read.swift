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
