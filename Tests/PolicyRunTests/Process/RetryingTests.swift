import Testing

/// Further attempts, fallbacks and rejections.
@Suite(.serialized) struct RetryingTests {
  private func run(_ layers: String, more: String = "", _ arguments: [String], input: String = "") throws -> Tool.Result
  {
    let file = """
      version: 1
      errors:
        busy: {match: [{exit: [7]}]}
        killed: {match: [{signal: [SIGKILL]}]}
        absent: {match: [{posix: [ENOENT]}]}
      \(more)
      operations:
        job.run: {idempotent: true, layers: [\(layers)]}
        job.stand-in: {idempotent: true, layers: [{timeout: 1m}]}

      """
    return try Tool.run(["run", "job.run"] + arguments, under: file, input: input)
  }

  private let retry = "{retry: {attempts: 3, backoff: 1ms, jitter: none, handle: [busy, killed]}}"

  /// A command that fails with `end` until its third run.
  private func third(_ end: String) -> [String] {
    ["--", "sh", "-c", "echo x >> runs; test $(wc -l < runs) -ge 3 && exec echo done; \(end)"]
  }

  @Test func aCommandIsRunAgainUntilItSucceeds() throws {
    let result = try run(retry, third("exit 7"))
    #expect(result.status == 0)
    #expect(result.output == "done\n")
    #expect(
      result.errors == [
        "policy: attempt 1 failed with exit 7, retry in 1 ms (2 of 3)",
        "policy: attempt 2 failed with exit 7, retry in 1 ms (3 of 3)",
      ])
  }

  @Test func quietTellsNoDecision() throws {
    let result = try run(retry, ["--quiet"] + third("exit 7"))
    #expect(result == Tool.Result(status: 0, output: "done\n", errors: []))
  }

  @Test func signalsAreMatchedByName() throws {
    let result = try run(retry, third("kill -9 $$"))
    #expect(result.status == 0)
    #expect(result.errors.first == "policy: attempt 1 failed with SIGKILL, retry in 1 ms (2 of 3)")
  }

  @Test func aFailureOfAnotherClassIsNotTriedAgain() throws {
    let result = try run(retry, ["--", "sh", "-c", "exit 8"])
    #expect(result.status == 8)
    #expect(result.errors.count == 1)
    #expect(result.errors.first?.hasPrefix("policy: attempt 1 failed with exit 8, which retry does not") == true)
  }

  @Test func aCommandThatIsNotThereIsTriedAgainOnlyWhenTheFileSaysSo() throws {
    let never = try run(retry, ["--", "./late"])
    #expect(never.status == 127)
    let asked = "{retry: {attempts: 2, backoff: 1ms, jitter: none, handle: [absent]}}"
    let again = try run(asked, ["--", "./late"])
    #expect(again.status == 127)
    #expect(again.errors.first == "policy: attempt 1 failed: command not found, retry in 1 ms (2 of 2)")
  }

  @Test func theLastStatusIsGivenWhenEveryAttemptFails() throws {
    let result = try run(retry, ["--", "sh", "-c", "exit 7"])
    #expect(result.status == 7)
    #expect(result.errors.last == "policy: attempt 3 failed with exit 7, and no attempt is left")
  }

  @Test func onlyTheFirstAttemptReadsTheInput() throws {
    let result = try run(retry, ["--", "sh", "-c", "read -r line; echo got:$line; exit 7"], input: "one\ntwo\n")
    #expect(result.status == 7)
    #expect(result.output == "got:one\ngot:\ngot:\n")
  }

  @Test(arguments: [
    (#""as it is""#, "as it is"),
    (#"{items: [], count: 2, "last \"one\"": true}"#, #"{"items":[],"count":2,"last \"one\"":true}"#),
    ("[a, 1.5, true]", #"["a",1.5,true]"#),
  ])
  func aStaticValueIsPrinted(value: String, printed: String) throws {
    let result = try run("{fallback: {value: \(value)}}, {timeout: 1m}", ["--", "false"])
    #expect(result.status == 0)
    #expect(result.output == printed)
  }

  @Test func anOperationStandsInWithACommandOfItsOwn() throws {
    let layers = "{fallback: {operation: job.stand-in}}, {timeout: 1m}"
    let result = try run(layers, ["--operation", "job.stand-in=echo stand-in; cat", "--", "false"], input: "kept")
    #expect(result.status == 0)
    #expect(result.output == "stand-in\n")
    let missing = try run(layers, ["--", "false"])
    #expect(missing.status == 64)
    #expect(missing.errors.contains { $0.contains("--operation job.stand-in=") }, "\(missing)")
  }

  @Test func aHandlerStandsInWithACommandOfItsOwn() throws {
    let layers = "{fallback: {handler: rules}}, {timeout: 1m}"
    let served = try run(layers, ["--handler", "rules=echo ruled", "--", "false"])
    #expect(served.status == 0)
    #expect(served.output == "ruled\n")
    let failed = try run(layers, ["--handler", "rules=exit 9", "--", "sh", "-c", "exit 3"])
    #expect(failed.status == 3)
    #expect(failed.errors.contains { $0.contains("exit 9") }, "\(failed)")
  }

  @Test func aBreakerThatOpensEndsTheRetries() throws {
    let more = "breakers: {door: {failures: 2, open: 1m}}"
    let result = try run("\(retry), {breaker: door}", more: more, ["--", "sh", "-c", "echo run; exit 7"])
    #expect(result.status == 75)
    #expect(result.output == "run\nrun\n")
    #expect(result.errors.contains("policy: breaker `door` opened for 1 min: 2 failures in a row"))
    #expect(result.errors.last?.contains("breaker `door` is open") == true, "\(result)")
  }

  @Test func labelsReachTheMechanismsThatHaveAKey() throws {
    let more = "rateLimiters: {each: {rate: 1/h, scope: {key: tenant}}}"
    let layers = "{rateLimit: each}, {timeout: 1m}"
    let without = try run(layers, more: more, ["--", "true"])
    #expect(without.errors.contains { $0.contains("give --label tenant=VALUE") }, "\(without)")
    #expect(try run(layers, more: more, ["--label", "tenant=acme", "--", "true"]).errors == [])
  }

  @Test func anEnvironmentOfTheFileIsChosen() throws {
    let file = """
      version: 1
      operations:
        job.run: {idempotent: true, layers: [{timeout: 1m}]}
      environments:
        patient:
          operations: {job.run: {layers: [{retry: {attempts: 2, backoff: 1ms, jitter: none}}, {timeout: 1m}]}}

      """
    let command = ["--", "sh", "-c", "echo run; exit 1"]
    #expect(try Tool.run(["run", "job.run"] + command, under: file).output == "run\n")
    let patient = try Tool.run(["run", "job.run", "--environment", "patient"] + command, under: file)
    #expect(patient.output == "run\nrun\n")
  }
}
