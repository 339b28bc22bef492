import LocatedYAML
import PolicyLanguage
import Testing

@testable import PolicyAnalysis

@Suite("Rules about time")
struct TimeRuleTests {
  @Test("RP401: every operation without a limit, whatever else stands around it; `observe` is a limit")
  func unbounded() throws {
    let findings = try analyse(
      """
      version: 1
      pipelines:
        open: [{fallback: {value: 1}}, {rateLimit: {rate: 10/s}}]
      operations:
        a: open
        b: {layers: []}
        c: {layers: [{deadline: {after: 1s, mode: observe}}]}
        d: {layers: [{timeout: 1s}]}

      """)
    #expect(findings.map(\.place) == ["5:3 RP401", "6:3 RP401"])
    #expect(findings[0].diagnostic.related.map(\.location.line) == [3])
    #expect(findings[0].diagnostic.witness?.first?.event == "attempt 1 starts")
    #expect(findings[0].diagnostic.path == "operations.a")
  }

  @Test("RP402: the witness is the fastest failure, with the attempt that comes too late")
  func unreachable() throws {
    let finding = try #require(
      try analyse(retrying("attempts: 5, backoff: {initial: 400ms, factor: 2, max: 10s, jitter: none}")).first)
    #expect(finding.place == "5:24 RP402")
    #expect(
      finding.diagnostic.message == "attempts 4 and 5 of retry `standard` can never start in operation `users.get`")
    #expect(
      finding.diagnostic.witness == [
        WitnessLine(at: "0 ms", "attempt 1 fails"), WitnessLine(at: "400 ms", "attempt 2 fails"),
        WitnessLine(
          at: "1.2 s",
          "attempt 3 fails; attempt 4 would start at 2.8 s, after the deadline at 2 s, so the call ends here"),
      ])
    #expect(finding.diagnostic.fix?.safety == .safe)
    #expect(finding.diagnostic.fix?.edits.map(\.replacement) == ["3"])
    #expect(finding.diagnostic.help?.hasSuffix("or raise the deadline above 6 s") == true)
    #expect(finding.diagnostic.path == "pipelines.read/retry.attempts")
    #expect(finding.diagnostic.related.map(\.location.line) == [5, 3])
  }

  @Test(
    "RP402: chance counts at its best, so full jitter never makes attempts unreachable and equal jitter halves the waits"
  )
  func jitter() throws {
    #expect(try analyse(retrying("attempts: 9, backoff: {initial: 400ms, factor: 2, max: 10s}")).isEmpty)
    let equal = try analyse(retrying("attempts: 5, backoff: {initial: 400ms, factor: 2, max: 10s, jitter: equal}"))
    #expect(equal.first?.diagnostic.message.hasPrefix("attempt 5 of") == true)
  }

  @Test("RP402: an attempt at the very instant of the deadline is too late")
  func boundary() throws {
    #expect(try analyse(retrying("attempts: 3, backoff: 1s, jitter: none")).map(\.place) == ["5:24 RP402"])
    #expect(try analyse(retrying("attempts: 3, backoff: 999ms, jitter: none")).isEmpty)
  }

  @Test("RP402: a number that others do get to is not edited")
  func sharedNumber() throws {
    let findings = try analyse(
      """
      version: 1
      retries:
        standard: {attempts: 4, backoff: 1s, jitter: none}
      operations:
        fast: {idempotent: true, layers: [{deadline: 2s}, {retry: standard}]}
        slow: {idempotent: true, layers: [{deadline: 5s}, {retry: standard}]}

      """)
    #expect(findings.map(\.place) == ["3:24 RP402"])
    #expect(findings[0].diagnostic.fix == nil)
    #expect(findings[0].diagnostic.help?.contains("`{extends: standard, attempts: 2}`") == true)
    #expect(findings[0].operations == ["fast"])
  }

  @Test("RP402: a preset's number is never pointed at, and the layer is")
  func preset() throws {
    let findings = try analyse(
      """
      version: 1
      retries:
        slow: {extends: preset.standard, backoff: {initial: 2s, jitter: none}}
      operations:
        users.get: {idempotent: true, layers: [{deadline: 1s}, {retry: slow}]}

      """)
    #expect(findings.map(\.place) == ["5:59 RP402"])
    #expect(findings[0].diagnostic.fix == nil)
  }

  @Test("RP402: is found in the environment that makes it so, and says which")
  func environment() throws {
    let findings = try analyse(
      """
      version: 1
      timeouts:
        whole: 10s
      operations:
        users.get:
          idempotent: true
          layers: [{deadline: whole}, {retry: {attempts: 4, backoff: 1s, jitter: none}}]
      environments:
        production: {}
        staging: {timeouts: {whole: 2s}}

      """)
    #expect(findings.map(\.place) == ["7:52 RP402"])
    #expect(findings[0].environments == ["staging"])
    #expect(findings[0].diagnostic.related.last?.location.line == 10)
    #expect(findings[0].diagnostic.help?.contains("override `attempts: 2` in this one") == true)
    #expect(findings[0].diagnostic.fix == nil)
  }

  @Test("RP402: tens of thousands of attempts that can all start are not called unreachable")
  func manyAttempts() throws {
    #expect(try analyse(retrying("attempts: 100000, backoff: 1ms").replacing("2s}", with: "1h}")).isEmpty)
    let findings = try analyse(
      retrying("attempts: 100000, backoff: 1s, jitter: none").replacing("2s}", with: "1h}"))
    #expect(findings.first?.diagnostic.message.hasPrefix("attempts 3601 to 100000 of") == true)
    #expect(findings.first?.diagnostic.help?.contains("raise") == false)
  }

  @Test("RP402: many operations with one pipeline are one finding")
  func manyOperations() throws {
    let operations = (1...40).map { "  op\($0): {pipeline: read, idempotent: true}\n" }.joined()
    let text =
      "version: 1\npipelines:\n  read: [{deadline: 1s}, {retry: {attempts: 3, backoff: 1s, jitter: none}}]\noperations:\n"
      + operations
    let findings = try analyse(text)
    #expect(findings.count == 1)
    #expect(findings[0].operations.count == 40)
    #expect(findings[0].diagnostic.message.hasSuffix("in operation `op1` and 39 others"))
  }

  @Test("RP403: a timeout as long as its deadline, unless it is the stricter of the two")
  func timeoutBeyondDeadline() throws {
    func places(_ deadline: String, _ timeout: String) throws -> [String] {
      try analyse(
        "version: 1\noperations:\n  users.get: {layers: [{deadline: \(deadline)}, {timeout: \(timeout)}]}\n"
      ).map { String($0.place.suffix(5)) }
    }
    #expect(try places("2s", "2s") == ["RP403"])
    #expect(try places("2s", "3s") == ["RP403"])
    #expect(try places("2s", "1999ms") == [])
    #expect(try places("{after: 2s, mode: observe}", "3s") == [])
    #expect(try places("2s", "{after: 3s, mode: abandon}") == [])
    #expect(try places("2s", "{after: 3s, mode: observe}") == ["RP403"])
  }

  @Test("RP403: two operations of one pipeline are one finding")
  func onePipeline() throws {
    let findings = try analyse(
      """
      version: 1
      pipelines:
        read: [{deadline: 2s}, {timeout: 2s}]
      operations:
        a: read
        b: read

      """)
    #expect(findings.map(\.place) == ["3:36 RP403"])
    #expect(findings[0].operations == ["a", "b"])
    #expect(findings[0].diagnostic.witness?.last?.at == "2 s")
  }

  private func retrying(_ retry: String) -> String {
    """
    version: 1
    pipelines:
      read: [{deadline: 2s}, {retry: standard}]
    retries:
      standard: {\(retry)}
    operations:
      users.get: {pipeline: read, idempotent: true}

    """
  }
}

/// The findings of analysis in a file that loads.
func analyse(_ text: String) throws -> [Finding] {
  let report = try checkText(text)
  #expect(report.unloadable.isEmpty, "\(report.findings.map(\.diagnostic.message))")
  return report.findings.filter(\.rule.isAnalysis)
}

extension Finding {
  /// `5:22 RP402`
  var place: String {
    let start = diagnostic.location.source.position(of: diagnostic.location.span.start)
    return "\(start.line):\(start.column) \(rule.code)"
  }
}
