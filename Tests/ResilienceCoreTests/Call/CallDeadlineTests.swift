import ResilienceCore
import Testing

@Suite("A call and its limits")
struct CallDeadlineTests {
  @Test("D1: a deadline bounds attempts and waits together; a timeout bounds one attempt")
  func bounds() {
    let plan = Plan.of([.deadline(1000), .retry(.steady(9, 100)), .timeout(300)])
    let ending = CallPlayer(plan: plan).play([.ok(5000)])
    #expect(ending.starts == [0, 400, 800])
    #expect(ending.verdict == "timed out deadline")
    #expect(ending.at == 1000)
  }

  @Test("D1: of nested limits the earliest wins and is named")
  func earliestWins() {
    let inner = CallPlayer(plan: .of([.deadline(2000), .timeout(300)])).play([.ok(5000)])
    #expect(inner.verdict == "timed out timeout")
    #expect(inner.at == 300)
    let outer = CallPlayer(plan: .of([.deadline(200), .timeout(300)])).play([.ok(5000)])
    #expect(outer.verdict == "timed out deadline")
    #expect(outer.at == 200)
  }

  @Test("D1: a deadline bounds the wait for a bulkhead's place")
  func boundsQueue() {
    let bulkhead = Bulkhead("places", BulkheadSettings(concurrent: 1, queue: 1))
    #expect(bulkhead.tryEnter())
    let ending = CallPlayer(plan: .of([.deadline(250), .bulkhead(bulkhead)])).play([.ok()])
    #expect(ending.verdict == "timed out deadline")
    #expect(ending.at == 250)
    #expect(bulkhead.queued == 0)
    bulkhead.leave()
  }

  @Test("D2: the limit of the call around this one counts like an own one, and the body is told the earliest")
  func inherited() {
    let time = TimeSource.virtual(VirtualTime())
    let around = CallDeadline(.milliseconds(400), on: time, cancels: true)
    var call = Call(.of([.deadline(1000)]), inherited: around)
    guard case .attempt = call.enter(at: .milliseconds(0)) else {
      Issue.record("no attempt")
      return
    }
    #expect(call.bodyLimit.told == .milliseconds(400))
    _ = call.attemptEnded(.success, at: .milliseconds(1))
    let retried = CallPlayer(plan: .of([.retry(.steady(9, 300))]), inherited: around).play([.fail()])
    #expect(retried.starts == [0, 300])
    #expect(retried.history.last?.stop == "deadline")
  }

  @Test("D3: the caller's own cancellation wins a tie with the limit")
  func cancellationWinsTie() {
    let ending = CallPlayer(plan: .of([.timeout(300)]), cancelledAt: 300).play([.ok(5000)])
    #expect(ending.verdict == "cancelled")
  }

  @Test("D4: cooperative: a success at the instant is the result, a later one is a timeout")
  func cooperative() {
    let plan = Plan.of([.timeout(300)])
    #expect(CallPlayer(plan: plan).play([.ok(300)]).verdict == "success")
    let late = Played(takes: 301, end: .succeeds, ignoresCancellation: true)
    let ending = CallPlayer(plan: plan).play([late])
    #expect(ending.verdict == "timed out timeout")
    #expect(ending.at == 301)
  }

  @Test("D4: observe: nothing is cancelled, and an end after the instant is a timeout")
  func observe() {
    let plan = Plan.of([.timeout(300, .observe)])
    #expect(CallPlayer(plan: plan).play([.ok(300)]).verdict == "success")
    let late = CallPlayer(plan: plan).play([.ok(500)])
    #expect(late.verdict == "timed out timeout")
    #expect(late.at == 500)
  }

  @Test("D4: abandon: the place in the bulkhead stays taken until the body ends")
  func abandonKeepsPlaces() {
    let bulkhead = Bulkhead("places", BulkheadSettings(concurrent: 1))
    var call = Call(.of([.bulkhead(bulkhead), .timeout(300, .abandon)]))
    _ = call.enter(at: .milliseconds(0))
    let (next, places) = call.bodyAbandoned(cancelled: false, at: .milliseconds(300))
    guard case .finished(.timedOut(layer: 1)) = next else {
      Issue.record("not timed out: \(next)")
      return
    }
    #expect(bulkhead.inUse == 1)
    for place in places { place.leave() }
    #expect(bulkhead.inUse == 0)
  }

  @Test("D4: abandon: a further attempt needs a place of its own")
  func abandonThenRetry() {
    let bulkhead = Bulkhead("places", BulkheadSettings(concurrent: 1))
    var call = Call(.of([.bulkhead(bulkhead), .retry(.steady(2, 0)), .timeout(300, .abandon)]))
    _ = call.enter(at: .milliseconds(0))
    let (next, places) = call.bodyAbandoned(cancelled: false, at: .milliseconds(300))
    guard case .wait = next,
      case .finished(.rejected(layer: 0, .bulkheadFull, _)) = call.waitEnded(.granted, at: .milliseconds(300))
    else {
      Issue.record("the second attempt was let in without a place")
      return
    }
    for place in places { place.leave() }
    #expect(bulkhead.inUse == 0)
  }

  @Test("D5: a deadline outside a breaker that fires while the body runs is a failure to that breaker")
  func deadlineCountsForBreaker() {
    let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 1, open: .seconds(60)))
    let ending = CallPlayer(plan: .of([.deadline(200), .breaker(breaker)])).play([.ok(5000)])
    #expect(ending.verdict == "timed out deadline")
    #expect(breaker.state == .open)
  }

  @Test("D5: a deadline that fires while no body runs is not the breaker's failure")
  func waitingIsNotTheCalleesFault() {
    let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 1, open: .seconds(60)))
    let bulkhead = Bulkhead("places", BulkheadSettings(concurrent: 1, queue: 1))
    #expect(bulkhead.tryEnter())
    let plan = Plan.of([.deadline(200), .breaker(breaker), .bulkhead(bulkhead)])
    #expect(CallPlayer(plan: plan).play([.ok()]).verdict == "timed out deadline")
    #expect(breaker.state == .closed)
    bulkhead.leave()
  }
}
