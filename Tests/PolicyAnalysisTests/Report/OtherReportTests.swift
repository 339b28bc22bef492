import LocatedYAML
import PolicyLanguage
import Testing

@testable import PolicyAnalysis

@Suite("The reports for programs")
struct OtherReportTests {
  private let file = SampleText("a: \"1\"\n")

  @Test("concise: one line a finding, whatever its message holds")
  func concise() {
    let first = Finding(Diagnostic(.sample, "two\nlines", at: file.place(of: "1")))
    let second = Finding(Diagnostic(.sampleWarning, "m", at: file.place(of: "a")), environments: ["eu"])
    #expect(
      report(first, second).concise(ReportOptions()) == """
        policies.yaml:1:5: error[RP402] two<U+000A>lines
        policies.yaml:1:1: warning[RP602] m (in `eu`)

        """)
  }

  @Test("JSON: every key, text escaped, order kept")
  func json() {
    let finding = Finding(
      Diagnostic(
        .sample, "quote \" tab \t nul \u{0}", at: file.place(of: "\"1\""), path: "retries.a/attempts",
        related: [Diagnostic.Related(file.place(of: "a"), "here")], notes: ["n"], help: "h",
        fix: Fix(.safe, [Fix.Edit(file.place(of: "1"), "2")]), witness: [WitnessLine(at: "0 ms", "e")]),
      operations: ["users.get"], witnessKind: .failingCall)
    let text = report(finding).json(
      ReportOptions(), tool: ReportingTool(name: "policy-lint", version: "1.2.3"), exitStatus: 1)
    #expect(
      text == """
        {
        "version":1,
        "tool":{
        "name":"policy-lint",
        "version":"1.2.3"
        },
        "files":[
        {"path":"policies.yaml","environments":[],"problem":null}
        ],
        "findings":[
        {"rule":"RP402","name":"unreachable-attempts","severity":"error","message":"quote \\" tab \\t nul \\u0000",\
        "file":"policies.yaml","line":1,"column":4,"endLine":1,"endColumn":7,"path":"retries.a/attempts",\
        "environments":[],"operations":["users.get"],"related":[{"file":"policies.yaml","line":1,"column":1,"endLine":1,\
        "endColumn":2,"message":"here"}],"notes":["n"],"help":"h","witness":{"kind":"failing-call",\
        "timeline":[{"at":"0 ms","event":"e"}],"replay":null},"fix":{"safety":"safe","edits":[{"file":"policies.yaml",\
        "line":1,"column":5,"endLine":1,"endColumn":6,"replacement":"2"}]},"fingerprint":"\(Fingerprint(
          rule: "RP402", path: "retries.a/attempts", value: "\"1\"", occurrence: 0))","suppressed":null}
        ],
        "summary":{
        "errors":1,
        "warnings":0,
        "infos":0,
        "suppressed":0,
        "shown":1,
        "incomplete":false,
        "problems":[],
        "exitStatus":1
        }
        }

        """)
  }

  @Test("A fingerprint survives edits elsewhere, and tells equal findings apart")
  func fingerprints() {
    func prints(_ text: String) -> [String] {
      let file = SampleText(text)
      var findings = [Finding(Diagnostic(.sample, "m", at: file.place(of: "5"), path: "retries.a/attempts"))]
      findings.append(findings[0])
      findings.fingerprint()
      return findings.map(\.fingerprint.description)
    }
    let before = prints("a: 5\n")
    #expect(before == prints("# new\nb: 1\na: 5 # five\n"))
    #expect(before[0] != before[1])
    #expect(before.allSatisfy { $0.utf8.count == 16 })
  }

  @Test("At most as many findings as asked for are written; all are counted")
  func maximum() {
    let finding = Finding(Diagnostic(.sample, "m", at: file.place(of: "1")))
    let both = report(finding, finding)
    var options = ReportOptions()
    options.maximumFindings = 1
    #expect(both.concise(options).split(separator: "\n").count == 1)
    #expect(both.count(of: .error) == 2)
  }
}
