import ResilienceCore
import Testing

@Suite("A call and its retries")
struct CallRetryTests {
  @Test("R1: 100 ms doubling starts attempts 1 to 6 after waits of 0, 100, 200, 400, 800 and 1600 ms")
  func doublingBackoff() {
    let settings = RetrySettings(
      attempts: 6, backoff: .exponential(initial: .milliseconds(100), factor: 2, max: .seconds(10)), jitter: .none)
    let ending = CallPlayer(plan: .of([.retry(settings)])).play([.fail()])
    #expect(ending.starts == [0, 100, 300, 700, 1500, 3100])
    #expect(ending.verdict == "failed")
  }

  @Test("R4: the wait is never shorter than the server's hint")
  func hintIsObeyed() {
    let ending = CallPlayer(plan: .of([.retry(.steady(2, 100))])).play([.hint(700), .ok()])
    #expect(ending.verdict == "success")
    #expect(ending.starts.count == 2)
    #expect(ending.starts[1] >= 700)
  }

  @Test("R4: a hint above `retryAfter` ends the call at once")
  func hintTooLong() {
    let ending = CallPlayer(plan: .of([.retry(.steady(3, 100))])).play([.hint(30_001)])
    #expect(ending.starts == [0])
    #expect(ending.history.last?.stop == "retry-after")
  }

  @Test("R5: a failure of another class stops before the budget is asked, so it costs no token")
  func classBeforeBudget() {
    let budget = RetryBudget("shared", RetryBudgetSettings(ratio: .zero, floor: Rate(1, per: .seconds(10))))
    let retry = RetrySettings.steady(3, 0, handle: .timeout)
    let refused = CallPlayer(plan: .of([.retry(retry, budget: budget)])).play([.fail()])
    #expect(refused.history.last?.stop == "class")
    let allowed = CallPlayer(plan: .of([.retry(.steady(2, 0), budget: budget)])).play([.fail(), .ok()])
    #expect(allowed.starts.count == 2)
  }

  @Test("R5: when the budget refuses, the attempt's own error ends the call and the report says so")
  func budgetRefuses() {
    let budget = RetryBudget("shared", RetryBudgetSettings(ratio: .zero, floor: Rate(1, per: .seconds(10))))
    let plan = Plan.of([.retry(.steady(3, 0), budget: budget)])
    let ending = CallPlayer(plan: plan).play([.fail()])
    #expect(ending.verdict == "failed")
    #expect(ending.starts.count == 2)
    #expect(ending.history.last?.stop == "budget")
  }

  @Test("R6: an attempt that could only start at the deadline is not waited for")
  func tooLateToStart() {
    let atDeadline = CallPlayer(plan: .of([.deadline(500), .retry(.steady(3, 500))])).play([.fail()])
    #expect(atDeadline.verdict == "failed")
    #expect(atDeadline.at == 0)
    #expect(atDeadline.history.last?.stop == "deadline")
    let before = CallPlayer(plan: .of([.deadline(500), .retry(.steady(3, 499))])).play([.fail()])
    #expect(before.starts == [0, 499])
  }

  @Test("R7: a rejection from a layer inside is not tried again")
  func rejectionIsFinal() {
    let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 1, open: .seconds(60)))
    let plan = Plan.of([.retry(.steady(5, 10)), .breaker(breaker)])
    let ending = CallPlayer(plan: plan).play([.fail()])
    #expect(ending.verdict == "rejected database breaker-open")
    #expect(ending.starts == [0])
    #expect(ending.at == 10)
  }

  @Test("R7: a body that was cancelled is not tried again")
  func cancellationIsFinal() {
    let played = Played(takes: 5, end: .throwsCancellation)
    let ending = CallPlayer(plan: .of([.retry(.steady(5, 10))])).play([played])
    #expect(ending.verdict == "cancelled")
    #expect(ending.starts == [0])
  }

  @Test("R7: an operation that is not idempotent is tried again only after proof that nothing was done")
  func idempotency() {
    let classes = [ErrorClass(name: "unreachable", matchers: [], safeToRepeat: true)]
    let plan = Plan.of([.retry(.steady(2, 0))], classes: classes, idempotency: .declared(false))
    #expect(CallPlayer(plan: plan).play([.fail()]).starts.count == 1)
    let proven = Played(takes: 0, end: .fails(Classification(.defined(0), isSafeToRepeat: true)))
    #expect(CallPlayer(plan: plan).play([proven]).starts.count == 2)
  }

  @Test("R8: the history has a record for each attempt, and none is made when nothing failed")
  func history() {
    let plan = Plan.of([.retry(.steady(3, 50))])
    let ending = CallPlayer(plan: plan).play([.fail(20), .ok(30)])
    #expect(ending.history.map(\.number) == [1, 2])
    #expect(ending.history.map(\.duration) == [.milliseconds(20), .milliseconds(30)])
    #expect(ending.history.map(\.classes) == [["other"], []])
    #expect(ending.history[0].delay == .milliseconds(50))
    #expect(CallPlayer(plan: plan).play([.ok(5)]).history.isEmpty)
  }

  @Test("Each decision of a retry is told with its numbers")
  func events() {
    let recorder = Recorder()
    let plan = Plan.of([.retry(.steady(2, 50))], recorder: recorder)
    _ = CallPlayer(plan: plan).play([.fail()])
    guard case .retryScheduled(2, 2, let delay, ["other"])? = recorder.events.first?.kind else {
      Issue.record("no retry was told")
      return
    }
    #expect(delay == .milliseconds(50))
    guard case .retryStopped(2, .attempts(maximum: 2), ["other"])? = recorder.events.last?.kind else {
      Issue.record("no end was told")
      return
    }
  }
}
