import ResilienceCore
import Testing

@Suite struct RetryDecisionTests {
  private let chance = Chance(seed: 1)
  private static let quiet = RetrySettings(
    attempts: 3, backoff: .exponential(initial: .milliseconds(100), factor: 2, max: .seconds(1)), jitter: .none)

  private func decide(
    _ settings: RetrySettings = quiet, classes: FailureClasses = .other, attempt: Int = 1, hint: UInt64? = nil,
    deadline: Int? = nil, idempotency: Idempotency = .unknown, safeToRepeat: Bool = false, budget: RetryBudget? = nil
  ) -> RetryDecision {
    let situation = RetrySituation(
      classes: classes, attempt: attempt, hint: hint, now: .milliseconds(1_000),
      deadline: deadline.map { .milliseconds($0) }, idempotency: idempotency, safeToRepeat: safeToRepeat)
    return RetryPolicy(settings).decide(situation, budget: budget, chance: chance)
  }

  private func emptyBudget() -> RetryBudget {
    RetryBudget("shared", RetryBudgetSettings(ratio: .zero, floor: Rate(1, per: .seconds(3_600))))
  }

  @Test("R4: a hint is waited for when it is longer than the backoff, and the backoff when that is longer")
  func longerOfBoth() {
    #expect(decide(hint: milliseconds(700)) == .retry(after: milliseconds(700)))
    #expect(decide(hint: milliseconds(20)) == .retry(after: milliseconds(100)))
    #expect(decide(attempt: 2, hint: milliseconds(150)) == .retry(after: milliseconds(200)))
  }

  @Test("R4: a hint at the limit is obeyed, one above it ends the trying")
  func hintLimit() {
    #expect(decide(hint: milliseconds(30_000)) == .retry(after: milliseconds(30_000)))
    #expect(decide(hint: milliseconds(30_000) + 1) == .stop(.retryAfter))
  }

  @Test("R4: jitter is above the hint: callers with the same hint come back spread, never before it")
  func jitterAboveHint() {
    let jitters: [RetrySettings.Jitter] = [.full, .equal, .share(.percent(30)), .decorrelated]
    for jitter in jitters {
      var settings = Self.quiet
      settings.jitter = jitter
      for hint in [milliseconds(30), milliseconds(100), milliseconds(2_000)] {
        var waits: Set<UInt64> = []
        for _ in 0..<200 {
          guard case .retry(let wait) = decide(settings, hint: hint) else {
            Issue.record("not tried again")
            return
          }
          #expect(wait >= hint)
          #expect(wait <= max(hint, milliseconds(300)) + milliseconds(200))
          waits.insert(wait)
        }
        #expect(waits.count > 190, "\(jitter), hint \(hint)")
      }
    }
  }

  @Test("R4: without retryAfter hints are ignored")
  func ignoredHints() {
    var settings = Self.quiet
    settings.retryAfter = nil
    #expect(decide(settings, hint: .max) == .retry(after: milliseconds(100)))
  }

  @Test("R5: reasons are asked in the order class, attempts, retry-after, deadline, budget")
  func order() {
    let late = milliseconds(40_000)
    #expect(
      decide(classes: .rejected, attempt: 3, hint: late, deadline: 1_001, budget: emptyBudget()) == .stop(.class))
    #expect(decide(attempt: 3, hint: late, deadline: 1_001, budget: emptyBudget()) == .stop(.attempts))
    #expect(decide(hint: late, deadline: 1_001, budget: emptyBudget()) == .stop(.retryAfter))
    #expect(decide(deadline: 1_001, budget: emptyBudget()) == .stop(.deadline))
    #expect(decide(budget: emptyBudget()) == .stop(.budget))
  }

  @Test("R5: only a granted attempt costs the budget anything")
  func costsNothing() {
    let budget = RetryBudget("shared", RetryBudgetSettings(ratio: .zero, floor: Rate(2, per: .seconds(10))))
    let now = Instant.milliseconds(1_000)
    #expect(budget.tokens(at: now) == 2)
    _ = decide(classes: .rejected, budget: budget)
    _ = decide(attempt: 3, budget: budget)
    _ = decide(hint: milliseconds(40_000), budget: budget)
    _ = decide(deadline: 1_100, budget: budget)
    #expect(budget.tokens(at: now) == 2)
    #expect(decide(budget: budget) == .retry(after: milliseconds(100)))
    #expect(budget.tokens(at: now) == 1)
  }

  @Test("R6: an attempt that could not begin before the deadline is not waited for; at the deadline is too late")
  func deadline() {
    #expect(decide(deadline: 1_100) == .stop(.deadline))
    #expect(decide(deadline: 1_101) == .retry(after: milliseconds(100)))
    #expect(decide(hint: milliseconds(500), deadline: 1_400) == .stop(.deadline))
    #expect(decide(deadline: 500) == .stop(.deadline))
  }

  @Test("R7: rejected and cancelled are never tried again, whatever handle says")
  func neverAgain() {
    var settings = Self.quiet
    settings.handle = .everything
    for classes: FailureClasses in [.rejected, .cancelled, [.rejected, .defined(0)], [.timeout, .cancelled]] {
      #expect(decide(settings, classes: classes) == .stop(.class))
    }
  }

  @Test("R7: only handled classes are tried again")
  func handled() {
    var settings = Self.quiet
    settings.handle = [.defined(0), .timeout]
    #expect(decide(settings, classes: .other) == .stop(.class))
    #expect(decide(settings, classes: .defined(0)) == .retry(after: milliseconds(100)))
    #expect(decide(settings, classes: [.defined(0), .defined(1)]) == .retry(after: milliseconds(100)))
  }

  @Test("R7: an operation that must not run twice is tried again only after proof that it did not run")
  func notIdempotent() {
    #expect(decide(idempotency: .declared(false)) == .stop(.class))
    #expect(decide(idempotency: .declared(false), safeToRepeat: true) == .retry(after: milliseconds(100)))
    #expect(decide(idempotency: .safe) == .retry(after: milliseconds(100)))
    #expect(decide(idempotency: .unknown) == .retry(after: milliseconds(100)))
  }

  @Test("The attempts counted are all, the first included", arguments: [Int.min, -1, 0, 1, 2, 5])
  func attempts(_ attempts: Int) {
    var settings = Self.quiet
    settings.attempts = attempts
    var ended = 1
    while case .retry = decide(settings, attempt: ended) { ended += 1 }
    #expect(ended == max(attempts, 1))
  }
}
