import PolicyLanguage
import Testing

/// What is said of a retry, breaker or other layer with this text.
private func finding(_ kind: String, _ text: String) -> Diagnostic? {
  let retry = kind == "retry" ? "" : ", {retry: preset.standard}"
  let loaded = load("version: 1\noperations: {a: {layers: [{deadline: 9s}\(retry), {\(kind): {\(text)}}]}}\n")
  return loaded.diagnostics.first { $0.rule.code == "RP201" }
}

@Test(
  "Keys of other programs are translated, their numbers with them",
  arguments: [
    ("retry", "maxRetries: 3, backoff: 1s", "attempts: 4"), ("retry", "num_retries: 2, backoff: 1s", "attempts: 3"),
    ("retry", "max-attempts: 3, backoff: 1s", "attempts: 3"),
    ("retry", "attempts: 3, waitDuration: 500", "backoff: 500ms"),
    ("retry", "attempts: 3, maxInterval: 15s, backoff: 1s", "backoff: {max: 15s}"),
    ("breaker", "failureRateThreshold: 50, open: 9s", "failureRate: 50%"),
    ("breaker", "FailureRatio: 0.25, open: 9s", "failureRate: 25%"),
    ("breaker", "trip: consecutiveFailures > 5, open: 9s", "failures: 6"),
    ("breaker", "trip: consecutiveFailures >= 5, open: 9s", "failures: 5"),
    ("breaker", "failures: 5, waitDurationInOpenState: 60s", "open: 60s"),
    ("breaker", "consecutive5xxErrors: 7, open: 9s", "failures: 7"),
    ("bulkhead", "maxConcurrentCalls: 25", "concurrent: 25"), ("bulkhead", "concurrent: 3, QueueLimit: 5", "queue: 5"),
    ("rateLimit", "rps: 100", "rate: 100/s"), ("timeout", "timeoutDuration: 2s", "after: 2s"),
  ])
func foreignKey(_ kind: String, _ text: String, _ here: String) {
  #expect(
    finding(kind, text)?.help?.contains("is `\(here)` here") ?? false, "\(finding(kind, text)?.help ?? "nothing")")
}

@Test(
  "Other keys name the nearest, or where they would be legal",
  arguments: [
    ("retry", "atempts: 3, backoff: 1s", "did you mean `attempts`?"),
    ("breaker", "failures: 5, open: 9s, half_open: 2", "it is written `halfOpen`"),
    ("breaker", "failures: 5, open: 9s, concurrent: 2", "`concurrent` belongs in a bulkhead"),
    ("breaker", "failures: 5, open: 9s, x-note: 2", "`x-` keys stand at the top level of a file only"),
  ])
func unknownKey(_ kind: String, _ text: String, _ help: String) {
  #expect(finding(kind, text)?.help == help)
}

@Test("A key that was meant for a mandatory field does not leave that field missing as well")
func noConsequence() {
  let loaded = load("version: 1\noperations: {a: {layers: [{deadline: 9s}, {retry: {maxRetries: 3, backoff: 1s}}]}}\n")
  #expect(loaded.diagnostics.map(\.rule.code) == ["RP201"])
  #expect(loaded.diagnostics.first?.fix?.edits.map(\.replacement) == ["attempts", "4"])
  #expect(loaded.diagnostics.first?.path == "operations.a/layers.retry")
}
