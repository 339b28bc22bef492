import PolicyAnalysis
import PolicyLanguage
import Testing

@Suite("policy-lint simulate")
struct SimulateTests {
  private static let policies = """
    version: 1
    errors: {transient: {match: [{http: [503]}]}}
    breakers: {database: {failures: 5, open: 60s}}
    operations:
      users.get: {idempotent: true, layers: [{deadline: 1s}, {breaker: database}]}
    environments:
      staging: {breakers: {database: {failures: 1}}}

    """
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder)
    try folder.write(Self.policies, to: "policies.yaml")
  }

  private func simulate(_ arguments: String...) throws -> Program.Result {
    try program.run(arguments: ["simulate", "policies.yaml", "users.get"] + arguments)
  }

  @Test("Two processes write the same bytes, in every format")
  func sameBytes() throws {
    let load = ["--upstream", "p50=20ms/p99=900ms/errors=20%", "--rate", "50/s", "--for", "20s", "--seed", "7"]
    for format in ["human", "jsonl", "svg"] {
      let arguments = ["simulate", "policies.yaml", "users.get", "--format", format] + load
      let first = try program.run(arguments: arguments)
      #expect(first.status == 0 && first.errors.isEmpty && first.output.utf8.count > 200)
      #expect(first.output == (try program.run(arguments: arguments)).output)
    }
  }

  @Test("Formats go to files of their own, from one run")
  func files() throws {
    let result = try simulate(
      "--upstream", "fail=1ms", "--calls", "20", "--every", "1s", "--format", "human", "--format", "jsonl=e.jsonl",
      "--format", "svg=p.svg")
    #expect(result.status == 0 && result.output.hasPrefix("calls         20: 5 failure, 15 rejected\n"))
    let lines = try folder.read("e.jsonl").split(separator: "\n")
    #expect(lines.count == 20 * 2 + 5 * 2 + 15 + 1 + 1)
    #expect(lines.last?.hasPrefix(#"{"event":"summary","calls":{"success":0,"fallback":0,"failure":5,"#) == true)
    #expect(try folder.read("p.svg").hasPrefix("<svg "))
  }

  @Test("An environment's numbers count")
  func environment() throws {
    let result = try simulate(
      "--environment", "staging", "--upstream", "fail=1ms", "--calls", "2", "--every", "1s", "--format", "jsonl")
    #expect(result.output.contains(#""from":"closed","to":"open""#))
    #expect(try simulate("--environment", "stagin", "--upstream", "ok=1ms").errors.contains("did you mean `staging`?"))
  }

  @Test(
    "A command line that makes no sense ends with 2 and says what would",
    arguments: [
      ([], "nothing says what the callee does"), (["--upstream", "fial=1ms"], "did you mean `fail`?"),
      (["--upstream", "fail:transiet=1ms"], "did you mean `transient`?"),
      (["--upstream", "ok=1ms", "--calls", "5"], "--every 10ms"),
      (["--upstream", "ok=1ms", "--every", "5ms"], "how many"), (["--upstream", "ok=1ms", "--rate", "5/s"], "--for"),
      (["--upstream", "ok=1ms", "--rate", "5"], "5/s"), (["--upstream", "ok=1ms", "--calls", "0"], "from 1 to"),
      (["--upstream", "ok=1ms", "--calls", "5", "--rate", "5/s", "--for", "1s"], "said twice"),
      (["--upstream", "ok=1ms", "--script", "s.jsonl"], "no place beside `--script`"),
      (["--upstream", "ok=1ms", "--seed", "-1"], "not a seed"),
      (["--upstrem", "ok=1ms"], "did you mean `--upstream`?"),
      (["--upstream", "ok=1ms", "--format", "jsonl", "--format", "svg"], "two formats"),
      (["--upstream", "ok=1ms", "--format", "json"], "did you mean `jsonl`?"),
      (["--upstream", "ok=1ms", "--waits", "short"], "drawn, shortest, longest"),
      (["--upstream", "ok=1ms", "extra"], "FILE OPERATION"),
    ] as [([String], String)])
  func usage(arguments: [String], help: String) throws {
    let result = try program.run(arguments: ["simulate", "policies.yaml", "users.get"] + arguments)
    #expect(result.status == 2)
    #expect(result.errors.contains(help), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test("Files that are missing end with 3, files that do not load with their findings and 1")
  func badFiles() throws {
    try folder.write("version: 1\nbreakers: {b: {failures: 0, open: 1s}}\n", to: "bad.yaml")
    let upstream = ["--upstream", "ok=1ms"]
    let absent = try program.run(arguments: ["simulate", "absent.yaml", "x"] + upstream)
    #expect(absent.status == 3 && absent.errors.contains("absent.yaml: no such file"))
    let bad = try program.run(arguments: ["simulate", "bad.yaml", "x"] + upstream)
    #expect(bad.status == 1 && bad.output.contains("error[RP207]"), "\(bad.output)")
    let unknown = try program.run(arguments: ["simulate", "policies.yaml", "user.get"] + upstream)
    #expect(unknown.status == 2 && unknown.errors.contains("did you mean `users.get`?"))
    #expect(try simulate("--script", "absent.jsonl").status == 3)
    #expect(try simulate("--upstream", "ok=1ms", "--format", "svg=/nowhere/p.svg").status == 3)
  }

  @Test("Every mistake of a script is told with its place and remedy, and ends with 2")
  func badScript() throws {
    try folder.write(
      """
      {"at":"1s","attempts":[{"end":"okay"}]}
      {"at":"2s","attempts":[{"end":"ok","takes":5}]}

      """, to: "s.jsonl")
    let result = try simulate("--script", "s.jsonl")
    #expect(result.status == 2)
    #expect(
      result.errors == """
        policy-lint: s.jsonl:1:31: an attempt cannot end with `okay`
          help: it ends with ok, fail or hang
        policy-lint: s.jsonl:2:44: this is not a duration but a number
          help: write it with its unit, such as "5ms"

        """)
    try folder.write(
      """
      {"at":"1s","attempts":[{"end":"fail","class":"transent"}]}
      {"at":"1s","do":"isolate","breaker":"databse"}

      """, to: "s.jsonl")
    #expect(try simulate("--script", "s.jsonl").errors.contains("help: did you mean `database`?"))
  }

  @Test("A reload that is refused is an event, and why it was is said on the standard error")
  func refusedReload() throws {
    try folder.write("version: 1\nbreakers: {database: {failures: 0, open: 1s}}\n", to: "scripts/bad.yaml")
    try folder.write(
      """
      {"at":"0s","do":"reload","file":"bad.yaml"}
      {"at":"1s","do":"reload","file":"absent.yaml"}
      {"at":"2s","attempts":[{"end":"ok"}]}

      """, to: "scripts/s.jsonl")
    let result = try simulate("--script", "scripts/s.jsonl", "--format", "jsonl")
    #expect(result.status == 0)
    #expect(result.output.split(separator: "\n").count { $0.contains("reload-rejected") } == 2)
    #expect(result.errors.contains("scripts/bad.yaml:2:33: error[RP207]"), "\(result.errors)")
    #expect(result.errors.contains("scripts/absent.yaml: no such file"))
  }

  @Test("A reader that goes away is no failure")
  func closedPipe() throws {
    let arguments = ["simulate", "policies.yaml", "users.get", "--upstream", "ok=1ms", "--format", "jsonl"]
    let result = try program.run(
      arguments: arguments + ["--calls", "5000", "--every", "1ms"], output: .closedPipe)
    #expect(result.status == 0 && result.errors.isEmpty)
  }

  // MARK: Witnesses

  @Test("The command beside a witness plays it", arguments: ["RP401", "RP402", "RP403", "RP601", "RP602"])
  func replay(code: String) throws {
    let rule = try #require(LintRules.all.first { $0.code == code })
    try folder.write(try #require(rule.bad).text, to: "bad file.yaml")
    let found = try program.run(arguments: ["bad file.yaml", "--select", code]).output
    let command = try #require(found.firstRange(of: "(replay: policy-lint ").map { found[$0.upperBound...] })
    let words = command.prefix { $0 != ")" }.split(separator: "'").enumerated().flatMap { index, part in
      index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
    }
    let played = try program.run(arguments: words)
    #expect(played.status == 0, "\(words) \(played.errors)")
    if code == "RP401" {
      #expect(played.output.contains("1 unfinished"))
    } else if code == "RP601" {
      #expect(played.output.contains("failure\n") && !played.output.contains("open"))
    } else {
      #expect(shows(played.output, found), "\(found)\n\(played.output)")
    }
  }

  /// Whether every attempt that a witness speaks of does that then.
  private func shows(_ played: String, _ witness: String) -> Bool {
    let rows = played.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    let lines = witness.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    let told = lines.filter { $0.firstRange(of: " ms attempt ") != nil || $0.firstRange(of: " s attempt ") != nil }
    return !told.isEmpty
      && told.allSatisfy { line in
        let words = line.split(separator: " ")
        guard words.count >= 5 else { return false }
        let what = "attempt \(words[3]) \(words[4].prefix { $0 != ";" })"
        return rows.contains { $0.hasPrefix("\(words[0]) \(words[1]) call 1 \(what)") }
      }
  }
}
