import PolicyLanguage
import Testing

@testable import PolicyAnalysis

@Suite("Rules about breakers")
struct BreakerRuleTests {
  @Test("RP601: the rates of all operations count, with all attempts; without one of them nothing is known")
  func neverOpens() throws {
    func findings(_ first: String, _ second: String, retry: String = "") throws -> [String] {
      try analyse(
        """
        version: 1
        breakers:
          database: {failureRate: 50%, window: 10s, minimumCalls: 30, open: 60s}
        pipelines:
          read: [{deadline: 2s}\(retry), {breaker: database}]
        operations:
          a: {pipeline: read, idempotent: true\(first)}
          b: {pipeline: read, idempotent: true\(second)}

        """
      ).map(\.place)
    }
    let rate = ", facts: {rate: 1/s}"
    #expect(try findings(rate, rate) == ["3:59 RP601"])
    #expect(try findings(rate, "") == [])
    #expect(try findings(rate, ", facts: {rate: 2/s}") == [])
    #expect(try findings(rate, rate, retry: ", {retry: {attempts: 2, backoff: 100ms}}") == [])
  }

  @Test("RP601: any criterion that needs fewer calls saves the breaker")
  func otherCriteria() throws {
    func codes(_ breaker: String) throws -> [String] {
      try analyse(
        """
        version: 1
        operations:
          a: {facts: {rate: 1/s}, layers: [{deadline: 2s}, {breaker: {\(breaker), open: 60s}}]}

        """
      ).map(\.rule.code)
    }
    #expect(try codes("failureRate: 50%, window: 10s, minimumCalls: 30") == ["RP601"])
    #expect(try codes("failureRate: 50%, window: 10s") == ["RP601"])
    #expect(try codes("failuresInWindow: 20, window: 10s") == ["RP601"])
    #expect(try codes("failureRate: 50%, window: 10s, minimumCalls: 30, failures: 5") == [])
    #expect(try codes("failureRate: 50%, window: 10s, minimumCalls: 30, failuresInWindow: 5") == [])
    #expect(try codes("failureRate: 50%, window: 50, minimumCalls: 30") == [])
    #expect(try codes("failureRate: 50%, window: 30s, minimumCalls: 30") == [])
  }

  @Test("RP601: the witness is played on the breaker itself")
  func witness() throws {
    let finding = try #require(
      try analyse(
        """
        version: 1
        operations:
          a: {facts: {rate: 1/s}, layers: [{deadline: 2s}, {breaker: {failureRate: 50%, window: 10s, open: 60s}}]}

        """
      ).first)
    #expect(
      finding.diagnostic.message
        == "breaker `operations/a/breaker` can never open: at most 10 calls are in its window, and it needs 20")
    #expect(finding.diagnostic.witness?.last?.event == "all 31 attempts have failed, and the breaker is closed")
    #expect(finding.place == "3:89 RP601")
  }

  @Test("RP602: as many attempts as open the breaker, by whichever number, if the breaker sees them")
  func oneCall() throws {
    func codes(_ breaker: String, attempts: Int = 3, handle: String = "all", deadline: String = "20s") throws
      -> [String]
    {
      try analyse(
        """
        version: 1
        errors:
          quiet: {match: [{http: [404]}], breaker: ignore}
        operations:
          a:
            idempotent: true
            layers:
              - fallback: {value: 1, handle: [quiet]}
              - deadline: \(deadline)
              - retry: {attempts: \(attempts), backoff: 1s, jitter: none, handle: \(handle)}
              - breaker: {\(breaker), open: 60s}

        """
      ).map(\.place)
    }
    #expect(try codes("failures: 3") == ["11:29 RP602"])
    #expect(try codes("failures: 4") == [])
    #expect(try codes("failureRate: 100%, window: 10, minimumCalls: 3") == ["11:64 RP602"])
    #expect(try codes("failuresInWindow: 3, window: 10") == ["11:37 RP602"])
    #expect(try codes("failures: 3", handle: "[quiet]") == [])
    #expect(try codes("failures: 3, handle: [timeout]", handle: "[other]") == [])
    #expect(try codes("failures: 1") == [])
  }

  @Test("RP602: a breaker around the retry counts calls, not attempts")
  func outside() throws {
    let findings = try analyse(
      """
      version: 1
      operations:
        a:
          idempotent: true
          layers:
            - deadline: 20s
            - breaker: {failures: 3, open: 60s}
            - retry: {attempts: 3, backoff: 100ms}

      """)
    #expect(findings.map(\.rule.code) == [])
  }

  @Test("RP602: attempts that cannot be made do not open it")
  func cutShort() throws {
    let findings = try analyse(
      """
      version: 1
      operations:
        a:
          idempotent: true
          layers:
            - deadline: 2s
            - retry: {attempts: 3, backoff: 1s, jitter: none}
            - breaker: {failures: 3, open: 60s}

      """)
    #expect(findings.map(\.rule.code) == ["RP402"])
  }
}
