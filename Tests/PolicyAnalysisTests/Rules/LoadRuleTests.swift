import PolicyLanguage
import Testing

@testable import PolicyAnalysis

@Suite("Rules about load")
struct LoadRuleTests {
  @Test("RP508: an error where the operation must not run twice, a warning where nobody said")
  func idempotency() throws {
    func findings(_ idempotent: String, handle: String = "all") throws -> [String] {
      try analyse(
        """
        version: 1
        errors:
          unreachable: {match: [{posix: [ECONNREFUSED]}], safeToRepeat: true}
          transient: {match: [{http: [503]}]}
        operations:
          pay:
            \(idempotent)
            layers:
              - deadline: 5s
              - retry: {attempts: 3, backoff: 100ms, handle: \(handle)}
          use: {layers: [{fallback: {value: 1, handle: [transient, unreachable]}}, {deadline: 1s}]}

        """
      ).map { "\($0.place) \($0.severity)" }
    }
    #expect(try findings("idempotent: false") == ["7:17 RP508 error"])
    #expect(try findings("idempotent: unknown") == ["7:17 RP508 warning"])
    #expect(try findings("owner: team") == ["6:3 RP508 warning"])
    #expect(try findings("idempotent: true") == [])
    #expect(try findings("idempotent: {key: Idempotency-Key}") == [])
    #expect(try findings("idempotent: false", handle: "[unreachable]") == [])
    #expect(try findings("owner: team", handle: "[unreachable]") == [])
    #expect(try findings("idempotent: false", handle: "[unreachable, transient]") == ["7:17 RP508 error"])
  }

  @Test("RP509: each hopeless class at its word, once, however many pipelines use the retry")
  func hopeless() throws {
    let findings = try analyse(
      """
      version: 1
      retries:
        standard:
          attempts: 3
          backoff: 100ms
          handle: [timeout, rejected, cancelled]
      operations:
        a: {idempotent: true, layers: [{deadline: 2s}, {retry: standard}]}
        b: {idempotent: true, layers: [{deadline: 2s}, {retry: standard}]}

      """)
    #expect(findings.map(\.place) == ["6:23 RP509", "6:33 RP509"])
    #expect(findings.map(\.diagnostic.path) == ["retries.standard/handle", "retries.standard/handle"])
  }
}
