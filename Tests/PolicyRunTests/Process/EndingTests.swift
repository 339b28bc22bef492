import Glibc
import Testing

/// Timeouts and signals: a command ends with all that it started.
@Suite(.serialized) struct EndingTests {
  private func file(_ layers: String) -> String {
    """
    version: 1
    operations:
      job.run: {idempotent: true, layers: [\(layers)]}

    """
  }

  /// A process that is no more, or is only waited for.
  private func isGone(_ process: String) -> Bool {
    let state = (try? Workplace.processState(process)) ?? ""
    return state.isEmpty || state == "Z" || state == "X"
  }

  @Test func aTimeoutEndsTheWholeGroup() throws {
    let workplace = try Workplace(policies: file("{timeout: 1s}"))
    let script = "sleep 30 > /dev/null & echo $!; exec sleep 30"
    let result = try Tool.run(["run", "job.run", "--", "sh", "-c", script], workplace: workplace)
    #expect(result.status == 75)
    #expect(result.errors.first == "policy: timed out after 1 s (timeout)")
    #expect(isGone(result.output.split(separator: "\n").first.map(String.init) ?? "1"))
  }

  @Test func whatIgnoresTheFirstSignalIsKilledAfterTheGrace() throws {
    let workplace = try Workplace(policies: file("{timeout: 1s}"))
    let script = "trap '' TERM; echo $$; while :; do sleep 30; done"
    let result = try Tool.run(
      ["run", "job.run", "--grace", "100ms", "--", "sh", "-c", script], workplace: workplace)
    #expect(result.status == 75)
    #expect(isGone(result.output.split(separator: "\n").first.map(String.init) ?? "1"))
  }

  @Test func anAttemptThatTimedOutIsTriedAgain() throws {
    let layers = "{retry: {attempts: 2, backoff: 1ms, jitter: none, handle: [timeout]}}, {timeout: 2s}"
    let workplace = try Workplace(policies: file(layers))
    let script = "test -e ran && exec echo done; touch ran; exec sleep 30"
    let result = try Tool.run(["run", "job.run", "--", "sh", "-c", script], workplace: workplace)
    #expect(result.status == 0)
    #expect(result.output == "done\n")
    #expect(result.errors.last == "policy: attempt 1 timed out, retry in 1 ms (2 of 2)")
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
  func aSignalIsForwardedAndEndsTheCall(signal: Int32) throws {
    let layers = "{retry: {attempts: 3, backoff: 1ms}}, {timeout: 1m}"
    let workplace = try Workplace(policies: file(layers))
    let tool = try Tool(["run", "job.run", "--", "sh", "-c", "echo ready; exec sleep 30"], in: workplace)
    #expect(tool.line() == "ready")
    tool.send(signal)
    #expect(try tool.end().status == 128 + signal)
  }

  @Test func aCommandThatCleansUpOnASignalKeepsItsStatus() throws {
    let workplace = try Workplace(policies: file("{retry: {attempts: 3, backoff: 1ms}}, {timeout: 1m}"))
    let script = "trap 'echo cleaned; exit 3' INT; echo ready; while :; do sleep 0.01; done"
    let tool = try Tool(["run", "job.run", "--", "sh", "-c", script], in: workplace)
    #expect(tool.line() == "ready")
    tool.send(SIGINT)
    let result = try tool.end()
    #expect(result.status == 3)
    #expect(result.output == "cleaned\n")
  }

  @Test func aSignalDuringAWaitEndsTheCallAtOnce() throws {
    let workplace = try Workplace(policies: file("{retry: {attempts: 2, backoff: 1h, jitter: none}}, {timeout: 1m}"))
    let tool = try Tool(["run", "job.run", "--", "sh", "-c", "echo ready; exit 1"], in: workplace)
    #expect(tool.line() == "ready")
    while !tool.errors.contains(where: { $0.contains("retry in 60 min") }) { sched_yield() }
    tool.send(SIGTERM)
    #expect(try tool.end().status == 128 + SIGTERM)
  }
}
