import ResilienceCore
import Testing

@testable import policy

@Suite struct EventLineTests {
  private func line(
    _ kind: ResilienceEvent.Kind, _ layer: LayerKind, _ name: String, after end: CommandEnd? = nil
  ) -> String? {
    let event = ResilienceEvent(
      kind, operation: "users.get", layer: layer, name: name, location: nil, generation: 1,
      at: Instant(nanoseconds: 0))
    return EventLine(event, lastEnd: end)?.text
  }

  @Test func aRetryTellsWhatFailedAndWhenItGoesOn() {
    let retry = ResilienceEvent.Kind.retryScheduled(
      attempt: 2, maximumAttempts: 3, delay: .milliseconds(180), classes: ["other"])
    #expect(
      line(retry, .retry, "standard", after: .exited(7)) == "attempt 1 failed with exit 7, retry in 180 ms (2 of 3)")
    let afterTimeout = ResilienceEvent.Kind.retryScheduled(
      attempt: 3, maximumAttempts: 3, delay: .seconds(2), classes: ["timeout"])
    #expect(
      line(afterTimeout, .retry, "standard", after: .killed(signal: 15))
        == "attempt 2 timed out, retry in 2 s (3 of 3)")
  }

  @Test(arguments: [
    (RetryStopReason.attempts(maximum: 3), "attempt 3 failed with exit 7, and no attempt is left"),
    (.class, "attempt 3 failed with exit 7, which retry `standard` does not try again"),
    (.deadline(remaining: .zero), "attempt 3 failed with exit 7, and no time is left for another attempt"),
    (.budget("db"), "attempt 3 failed with exit 7, and the retry budget `db` is spent"),
    (
      .retryAfter(asked: .seconds(60), obeyed: .seconds(5)),
      "attempt 3 failed with exit 7, and the server asked for a longer wait than is obeyed, 1 min"
    ),
  ])
  func theEndOfRetriesTellsWhy(reason: RetryStopReason, text: String) {
    let stopped = ResilienceEvent.Kind.retryStopped(attempt: 3, reason: reason, classes: ["other"])
    #expect(line(stopped, .retry, "standard", after: .exited(7)) == text)
  }

  @Test func timeoutsAndRejectionsTellWho() {
    #expect(
      line(.timedOut(after: .seconds(2), elapsed: .seconds(3)), .timeout, "attempt")
        == "timed out after 2 s (timeout `attempt`)")
    let open = ResilienceEvent.Kind.rejected(reason: "breaker-open", retryAfter: .seconds(58))
    #expect(line(open, .breaker, "db") == "breaker `db` is open, next try in 58 s")
    let limited = ResilienceEvent.Kind.rateLimited(
      interval: .milliseconds(100), burst: 3, nextSlot: .milliseconds(20))
    #expect(line(limited, .rateLimit, "partner") == "rate limiter `partner` lets no more through, next try in 20 ms")
    let full = ResilienceEvent.Kind.bulkheadFull(inUse: 3, limit: 2, queued: 5)
    #expect(line(full, .bulkhead, "places") == "bulkhead `places` is full: 3 of 2 places taken, 5 waiting")
  }

  @Test func breakersTellTheNumbersThatChangedThem() {
    let opened = BreakerChange.opened(
      from: .closed, .failures(inARow: 5, threshold: 5), openTime: 60_000_000_000)
    #expect(line(.breaker(opened), .breaker, "db") == "breaker `db` opened for 1 min: 5 failures in a row")
    let rate = BreakerChange.opened(
      from: .closed, .failureRate(failures: 6, calls: 10, threshold: .percent(50)), openTime: 250_000_000)
    #expect(
      line(.breaker(rate), .breaker, "db") == "breaker `db` opened for 250 ms: 6 failures in 10 calls, threshold 50%")
    #expect(line(.breaker(.late), .breaker, "db") == nil)
  }

  @Test func aMissingLabelTellsHowToGiveIt() {
    #expect(
      line(.labelMissing(label: "tenant"), .rateLimit, "partner")
        == "rate limiter `partner` is kept for each value of `tenant`, and this call has none: "
        + "give --label tenant=VALUE")
  }

  @Test func fallbacksTellWhatTheyServe() {
    #expect(
      line(.fallbackServed(kind: "value", age: nil), .fallback, "empty") == "fallback `empty` serves its value")
    #expect(
      line(.fallbackServed(kind: "lastGood", age: .seconds(3)), .fallback, "cached")
        == "fallback `cached` serves the last good value, 3 s old")
  }
}
