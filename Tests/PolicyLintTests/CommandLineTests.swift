import Testing

@Suite("The command line")
struct CommandLineTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder)
    try folder.write(good, to: "good.yaml")
    try folder.write(bad, to: "bad.yaml")
    try folder.write(warned, to: "warned.yaml")
  }

  private let good = "version: 1\noperations:\n  users.get: {layers: [{deadline: 2s}]}\n"
  private let bad = "version: 1\noperations:\n  users.get: {layers: [{bulkhead: {concurrent: 24}}]}\n"
  private let warned = """
    version: 1
    operations:
      users.get: {layers: [{deadline: 2s}, {retry: {attempts: 3, backoff: 100ms}}]}

    """

  // MARK: Exit status

  @Test("0 without findings, 1 with, in every format", arguments: ["human", "concise", "json"])
  func status(_ format: String) throws {
    #expect(try program.run("--format", format, "good.yaml").status == 0)
    #expect(try program.run("--format", format, "bad.yaml").status == 1)
    #expect(try program.run("--format", format, "bad.yaml", "absent.yaml").status == 3)
  }

  @Test("--fail-on moves the threshold")
  func failOn() throws {
    #expect(try program.run("warned.yaml").status == 0)
    #expect(try program.run("--fail-on", "warning", "warned.yaml").status == 1)
    #expect(try program.run("--fail-on=info", "warned.yaml").status == 1)
    #expect(try program.run("--fail-on", "never", "bad.yaml").status == 0)
    #expect(try program.run("--fail-on", "never", "absent.yaml").status == 3)
  }

  @Test("3 beats 1: a missing file, an unmatched pattern")
  func incomplete() throws {
    let missing = try program.run("bad.yaml", "absent.yaml")
    #expect(missing.status == 3)
    #expect(missing.errors.contains("absent.yaml: no such file"))
    #expect(missing.output.contains("RP401"))
    let pattern = try program.run("nothing/*.yaml")
    #expect(pattern.status == 3)
    #expect(pattern.errors.contains("`nothing/*.yaml` matches no file"))
  }

  @Test("A folder stands for the files in it")
  func filesInFolder() throws {
    let folder = try program.run(".", "--format", "concise")
    #expect(folder.status == 1)
    #expect(folder.output.contains("bad.yaml:"))
    #expect(folder.output.contains("warned.yaml:"))
    #expect(!folder.output.contains("//"))
  }

  @Test("2 for an unknown option, with the nearest")
  func unknownOption() throws {
    let result = try program.run("--fail-one", "error")
    #expect(result.status == 2)
    #expect(result.errors.contains("did you mean `--fail-on`?"))
    #expect(result.output.isEmpty)
  }

  @Test(
    "2 for what makes no sense",
    arguments: [
      ["--format", "yaml"], ["--format"], ["--format="], ["--format", "json", "--format", "human"],
      ["--format", "json="], ["--fail-on", "bad"], ["--color", "blue"], ["--max-findings", "many"],
      ["--max-findings", "-1"], ["--select", "RP999"], ["--ignore", "unknown-kye"], ["--no-ignore=yes"], ["rule"],
      ["rule", "RP999"], ["rules", "RP401"], ["show", "preset.none"], ["schema", "x"], ["explain", "users.get"],
      ["help", "nothing"], ["--config", "x"],
    ])
  func nonsense(_ arguments: [String]) throws {
    let result = try program.run(arguments: arguments)
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("policy-lint: "))
    #expect(result.output.isEmpty)
  }

  @Test("2 for a rule that does not exist, with the nearest")
  func unknownRule() throws {
    #expect(try program.run("--ignore", "unknown-kye", "good.yaml").errors.contains("did you mean `unknown-key`?"))
    #expect(try program.run("rule", "RP4022").errors.contains("`RP402`"))
  }

  @Test("2 for an environment that no file has, with the nearest")
  func unknownEnvironment() throws {
    try folder.write(
      "version: 1\ntimeouts: {call: 2s}\noperations:\n  users.get: {layers: [{deadline: call}]}\n"
        + "environments:\n  staging: {timeouts: {call: 1s}}\n", to: "staged.yaml")
    let result = try program.run("--environment", "stagin", "staged.yaml")
    #expect(result.status == 2)
    #expect(result.errors.contains("did you mean `staging`?"))
    #expect(try program.run("--environment", "staging", "staged.yaml", "good.yaml").status == 0)
  }

  // MARK: What is checked

  @Test("Without a path the usual places are checked")
  func usualPlaces() throws {
    let nothing = try Program(folder: try TemporaryFolder()).run()
    #expect(nothing.status == 3)
    #expect(nothing.errors.contains("neither `policies.yaml` nor `policies/**/*.yaml`"))
    try folder.write(good, to: "policies.yaml")
    try folder.write(bad, to: "policies/deep/er/bad.yaml")
    let result = try program.run("--format", "concise")
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("policies/deep/er/bad.yaml:3:3: error[RP401] "))
    #expect(result.errors.contains("1 error in 2 files"))
  }

  @Test("`-` is the standard input, under the name that is given")
  func standardInput() throws {
    let result = try program.run("--format", "concise", "-", input: bad)
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("<stdin>:3:3: "))
    let named = try program.run("--format", "concise", "--stdin-filename", "x/y.yaml", "-", input: bad)
    #expect(named.output.hasPrefix("x/y.yaml:3:3: "))
    try folder.write("version: 1\nbreakers: {database: {failures: 5, open: 60s}}\n", to: "x/shared.yaml")
    let including = """
      version: 1
      include: [shared.yaml]
      operations:
        users.get: {layers: [{deadline: 2s}, {breaker: database}]}

      """
    #expect(try program.run("--stdin-filename", "x/y.yaml", "-", input: including).status == 0)
  }

  @Test("A file that another one includes is checked as a part of it")
  func included() throws {
    try folder.write(
      "version: 1\ninclude: [shared.yaml]\noperations:\n  users.get: {layers: [{deadline: 2s}, {breaker: database}]}\n",
      to: "policies/all.yaml")
    try folder.write("version: 1\nbreakers: {database: {failures: 5, open: 60s}}\n", to: "policies/shared.yaml")
    let result = try program.run("--fail-on", "info")
    #expect(result.status == 0, "\(result.output)")
    #expect(result.errors.contains("no findings in 1 file"))
  }

  @Test("`check` can be said, and `--` ends the options")
  func explicit() throws {
    #expect(try program.run("check", "good.yaml").status == 0)
    try folder.write(good, to: "--odd.yaml")
    #expect(try program.run("check", "--", "--odd.yaml").status == 0)
  }

  // MARK: What is reported

  @Test("--select, --extend-select and --ignore choose rules")
  func selection() throws {
    #expect(try program.run("--ignore", "RP4", "bad.yaml").status == 0)
    #expect(try program.run("--select", "RP5", "bad.yaml").status == 0)
    #expect(try program.run("--select", "RP5", "--extend-select", "unbounded-operation", "bad.yaml").status == 1)
  }

  @Test("A file that does not load is never said to be analysed")
  func unloadable() throws {
    try folder.write("version: 1\noperation: {}\n", to: "unloadable.yaml")
    let result = try program.run("--ignore", "RP201", "unloadable.yaml")
    #expect(result.errors.contains("unloadable.yaml does not load"))
    try folder.write("version: [\n", to: "broken.yaml")
    #expect(try program.run("--select", "RP401", "--ignore", "RP0", "broken.yaml").status == 1)
  }

  @Test("Comments ignore findings, --no-ignore reports them, --show-suppressed shows them")
  func suppression() throws {
    try folder.write(
      "version: 1\noperations:\n  users.get: {layers: []} # policy-lint: ignore[RP401] -- local\n", to: "ignored.yaml")
    let plain = try program.run("--fail-on", "info", "ignored.yaml")
    #expect(plain.status == 0)
    #expect(plain.output.isEmpty)
    #expect(plain.errors.contains("1 ignored by comments or waivers"))
    #expect(try program.run("--no-ignore", "ignored.yaml").status == 1)
    let shown = try program.run("--show-suppressed", "ignored.yaml")
    #expect(shown.status == 0)
    #expect(shown.output.contains("(waived)") && shown.output.contains("local"))
  }

  @Test("--max-findings limits what is written, not what counts")
  func maximum() throws {
    let result = try program.run("--format", "concise", "--max-findings", "0", "bad.yaml")
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("1 finding not shown"))
  }

  @Test("Several formats at once, each in its file")
  func formats() throws {
    let result = try program.run("--format", "json=report.json", "--format", "concise=report.txt", "bad.yaml")
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    #expect(try folder.read("report.json").hasPrefix("{\n\"version\":1,"))
    #expect(try folder.read("report.txt").hasPrefix("bad.yaml:3:3: error[RP401]"))
    let failed = try program.run("--format", "json=absent/report.json", "good.yaml")
    #expect(failed.status == 3)
    #expect(failed.errors.contains("no such directory"))
  }

  @Test("The same input gives the same bytes")
  func stability() throws {
    let first = try program.run("--format", "json", "bad.yaml", "warned.yaml", "good.yaml").output
    #expect(try program.run("--format", "json", "bad.yaml", "warned.yaml", "good.yaml").output == first)
  }

  @Test("Colour: only where it is wanted")
  func colour() throws {
    #expect(try !program.run("bad.yaml").output.contains("\u{1B}"))
    #expect(try program.run("--color", "always", "bad.yaml").output.contains("\u{1B}["))
    var forced = program
    forced.environment = ["FORCE_COLOR": "1"]
    #expect(try forced.run("bad.yaml").output.contains("\u{1B}["))
    #expect(try !forced.run("--color", "never", "bad.yaml").output.contains("\u{1B}"))
    forced.environment = ["FORCE_COLOR": "1", "NO_COLOR": "1"]
    #expect(try !forced.run("bad.yaml").output.contains("\u{1B}"))
  }
}
