import Testing

@Suite("The other commands")
struct OtherCommandTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder)
  }

  @Test("--help of the program lists every command and exit status, and goes to the standard output")
  func help() throws {
    for arguments in [["--help"], ["-h"], ["help"], ["check", "--help"], ["good.yaml", "--help"]] {
      let result = try program.run(arguments: arguments)
      #expect(result.status == 0)
      #expect(result.errors.isEmpty)
      #expect(result.output.contains("--fail-on"))
    }
    let text = try program.run("--help").output
    for word in [
      "explain OPERATION FILE", "simulate FILE OPERATION", "rule CODE", "rules", "show preset.NAME", "schema",
      "exit status",
    ] {
      #expect(text.contains(word))
    }
  }

  @Test("--help of each command", arguments: ["check", "explain", "simulate", "rule", "rules", "show", "schema"])
  func helpOfCommand(_ name: String) throws {
    let result = try program.run(name, "--help")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("usage: policy-lint "))
    #expect(result.output == (try program.run("help", name).output))
  }

  @Test("No line of help is wider than 100 characters")
  func helpWidth() throws {
    for arguments in [["--help"], ["explain", "--help"], ["rules", "--help"], ["simulate", "--help"]] {
      let text = try program.run(arguments: arguments).output
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }
  }

  @Test("--version")
  func version() throws {
    let result = try program.run("--version")
    #expect(result.output.hasPrefix("policy-lint ") && result.output.hasSuffix("\n"))
    #expect(result.output.split(separator: ".").count == 3)
  }

  @Test("rule explains one rule, by code or name")
  func rule() throws {
    let byCode = try program.run("rule", "rp402")
    #expect(byCode.status == 0)
    #expect(byCode.output.hasPrefix("RP402 unreachable-attempts (error)\n"))
    #expect(byCode.output == (try program.run("rule", "unreachable-attempts").output))
  }

  @Test("rules lists them, for people and for programs")
  func rules() throws {
    let human = try program.run("rules").output
    let json = try program.run("rules", "--format", "json").output
    #expect(human.split(separator: "\n").count == json.split(separator: "\n").count - 2)
    #expect(human.hasPrefix("RP001  error"))
    #expect(json.hasPrefix("[\n{\"code\":\"RP001\","))
  }

  @Test("show prints a preset, schema the schema")
  func showAndSchema() throws {
    #expect(try program.run("show", "preset.aggressive").output.contains("failures: 3"))
    #expect(try program.run("schema").output.hasPrefix("{"))
  }

  @Test("explain shows each number with its place and why it won, and the worst case")
  func explain() throws {
    try folder.write(
      """
      version: 1
      retries:
        standard: {extends: preset.standard, attempts: 4, backoff: {jitter: none}}
      pipelines:
        read: [{deadline: 2s}, {retry: standard}, {timeout: 300ms}]
      operations:
        "reports.**": {pipeline: read, idempotent: true}
      environments:
        staging: {retries: {standard: {attempts: 2}}}

      """, to: "policies.yaml")
    let base = try program.run("explain", "reports.daily", "policies.yaml")
    #expect(base.status == 0)
    #expect(rows(base.output, "attempts") == ["attempts 4 policies.yaml:3:50"])
    #expect(rows(base.output, "backoff.factor") == ["backoff.factor 2 preset.standard"])
    #expect(
      rows(base.output, "entry") == [
        "entry policies.yaml:7:3, by the pattern `reports.**`, the most specific that fits"
      ])
    #expect(rows(base.output, "worst") == ["worst case 1.9 s; at most 4 attempts"])
    let staging = try program.run("explain", "--environment", "staging", "reports.daily", "policies.yaml")
    #expect(rows(staging.output, "attempts") == ["attempts 2 policies.yaml:9:44 (environment staging)"])
    #expect(rows(staging.output, "worst") == ["worst case 700 ms; at most 2 attempts"])
    #expect(try program.run("explain", "report.daily", "policies.yaml").status == 2)
    #expect(try program.run("explain", "--environment", "x", "reports.daily", "policies.yaml").status == 2)
    #expect(try program.run("explain", "reports.daily", "absent.yaml").status == 3)
  }

  @Test("explain names the health checks that hold a breaker of the operation")
  func explainGates() throws {
    try folder.write(
      """
      version: 1
      breakers:
        orders: {failures: 5, open: 60s}
      operations:
        orders.get: {idempotent: true, layers: [{deadline: 2s}, {breaker: orders}]}
      healthChecks:
        database: {probe: {tcp: "127.0.0.1:5432"}, every: 10s, timeout: 1s, gates: [orders]}

      """, to: "policies.yaml")
    let result = try program.run("explain", "orders.get", "policies.yaml")
    #expect(rows(result.output, "gates") == ["gates held by unhealthy database policies.yaml:7:78"])
  }

  @Test("The program links no Foundation")
  func linkage() throws {
    let bytes = try TemporaryFolder.bytes(try Program.path)
    let word = Array("libFoundation".utf8)
    let first = word[0]
    let found = bytes.indices.contains { bytes[$0] == first && bytes[$0...].starts(with: word) }
    #expect(!found)
  }

  /// The lines that begin with a word, runs of blanks made one.
  private func rows(_ text: String, _ word: String) -> [String] {
    text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }.filter {
      $0.hasPrefix(word + " ")
    }
  }
}
