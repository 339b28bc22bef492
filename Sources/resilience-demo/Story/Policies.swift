/// The policy files of the demo, in the order in which they are put in place.
enum Policies {
  /// What the demo starts with.
  static let first = file(paymentsOpen: "2s")
  /// The same with a longer open time for payments.
  static let second = file(paymentsOpen: "3s")
  /// The same with mistakes that people make: a unit is missing, and a name is misspelt.
  static let broken = file(paymentsOpen: "3", searchRetry: "serach")

  private static func file(paymentsOpen: String, searchRetry: String = "search") -> String {
    """
    version: 1

    errors:
      unavailable: {match: [{http: [5xx]}, {posix: [ECONNREFUSED, ECONNRESET]}]}

    retries:
      search:
        attempts: 3
        backoff: {initial: 20ms, factor: 2, max: 200ms}
        handle: [unavailable, timeout]

    breakers:
      search: {failures: 8, open: {for: 1500ms, jitter: 10%}, halfOpen: 2}
      payments: {failures: 5, open: \(paymentsOpen), halfOpen: 2}
      profile: {window: 2s, minimumCalls: 10, failureRate: 50%, open: 2s, halfOpen: 3}

    fallbacks:
      no-results: {value: ""}
      last-profile: {lastGood: {maxAge: 1m, key: none}}

    operations:
      catalog.search:
        idempotent: true
        layers: [{fallback: no-results}, {deadline: 500ms}, {retry: \(searchRetry)}, {breaker: search}, {timeout: 150ms}]
      payments.charge:
        idempotent: false
        layers: [{deadline: 500ms}, {breaker: payments}, {timeout: 300ms}]
      profile.load:
        idempotent: true
        layers: [{fallback: last-profile}, {breaker: profile}, {timeout: 100ms}]

    """
  }
}
