import Glibc
import Testing

/// What `policy run` does with a command that nothing happens to, and with a command line that makes no sense.
@Suite(.serialized) struct PassingThroughTests {
  private static let plain = """
    version: 1
    operations:
      job.run: {idempotent: true, layers: [{timeout: 1m}]}

    """

  private func run(_ arguments: [String], input: String = "") throws -> Tool.Result {
    try Tool.run(arguments, under: Self.plain, input: input)
  }

  @Test func outputAndInputPassThroughUntouched() throws {
    let result = try run(["run", "job.run", "--", "sh", "-c", "cat; echo warning >&2"], input: "one\ntwo")
    #expect(result == Tool.Result(status: 0, output: "one\ntwo", errors: ["warning"]))
  }

  @Test func aFileWithHealthChecksAndRecoveriesRunsACommandWithoutTheirCode() throws {
    let health = """
      healthChecks:
        cache: {probe: {handler: cache-ping}, every: 10s, timeout: 1s}
      recoveries:
        mend:
          when: {healthCheck: cache}
          do: [{handler: reconnect, timeout: 1s}, {operation: job.run, timeout: 1s}]
          cooldown: 5m
          limit: 3/h
          exhausted: page

      """
    let result = try Tool.run(["run", "job.run", "--", "echo", "done"], under: Self.plain + health)
    #expect(result == Tool.Result(status: 0, output: "done\n", errors: []))
  }

  @Test(arguments: [("exit 0", 0), ("exit 7", 7), ("kill -9 $$", 137), ("kill -15 $$", 143)])
  func theExitStatusIsTheCommands(script: String, status: Int) throws {
    #expect(try run(["run", "job.run", "--", "sh", "-c", script]).status == Int32(status))
  }

  @Test func aCommandThatIsNotThereIs127AndOneThatCannotBeExecutedIs126() throws {
    let missing = try run(["run", "job.run", "--", "no-such-command"])
    #expect(missing == Tool.Result(status: 127, output: "", errors: ["policy: no-such-command: command not found"]))
    let folder = try run(["run", "job.run", "--", "/tmp"])
    #expect(folder.status == 126)
    #expect(folder.errors == ["policy: /tmp: cannot be executed (Permission denied)"])
  }

  @Test func aCommandHasOnlyTheDescriptorsThatItWasGiven() throws {
    let workplace = try Workplace(policies: Self.plain)
    let result = try Tool.run(["run", "job.run", "--", "ls", "/proc/self/fd"], workplace: workplace)
    #expect(result.output == workplace.read("descriptors"))
  }

  @Test func aCommandHasDefaultSignalsAndAProcessGroupOfItsOwn() throws {
    let script =
      "grep -E 'SigBlk|SigIgn' /proc/self/status; read -r _ _ _ _ group _ < /proc/$$/stat; echo $group; echo $$"
    let lines = try run(["run", "job.run", "--", "sh", "-c", script]).output.split(separator: "\n")
    #expect(lines.count == 4)
    // The two signals above the 31 that programs know are the C library's own.
    let masks = lines.prefix(2).compactMap { UInt64($0.split(separator: "\t").last ?? "", radix: 16) }
    #expect(masks.map { $0 & 0x7fff_ffff } == [0, 0], "\(lines)")
    #expect(lines.dropFirst(2).first == lines.last)
  }

  @Test(arguments: [
    (["run"], 64), (["run", "job.run"], 64), (["walk"], 64), ([], 64), (["run", "--help"], 0), (["--help"], 0),
    (["run", "job.rum", "--", "true"], 64), (["run", "job.run", "--policies", "missing.yaml", "--", "true"], 66),
    (["run", "job.run", "--environment", "nowhere", "--", "true"], 78),
  ])
  func commandLinesThatMakeNoSenseAreToldApart(arguments: [String], status: Int) throws {
    let result = try run(arguments)
    #expect(result.status == Int32(status), "\(result)")
    #expect(status == 0 || !result.errors.isEmpty)
  }

  @Test func aFileThatIsWrongIsToldInTheLintersWords() throws {
    let wrong = """
      version: 1
      operations:
        job.run: {layers: [{timeout: 500}, {breaker: missing}]}

      """
    let result = try Tool.run(["run", "job.run", "--", "true"], under: wrong)
    #expect(result.status == 78)
    #expect(result.errors.contains { $0.hasPrefix("policies.yaml:3:32: error[RP204]") }, "\(result)")
    #expect(result.errors.contains { $0.hasPrefix("policies.yaml:3:48: error[RP301]") }, "\(result)")
  }
}
