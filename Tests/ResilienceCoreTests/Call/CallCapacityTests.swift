import ResilienceCore
import Testing

/// What calls tell an adaptive bulkhead around them.
@Suite("Calls in adaptive bulkheads")
struct CallCapacityTests {
  /// A bulkhead at the top of its limit, so that the limit can only fall.
  private func bulkhead(_ algorithm: AdaptiveLimitSettings.Algorithm = .aimd) -> Bulkhead {
    let bulkhead = Bulkhead("search", BulkheadSettings(concurrent: 8))
    bulkhead.update(BulkheadSettings(adaptive: AdaptiveLimitSettings(min: 1, max: 8, algorithm: algorithm)))
    return bulkhead
  }

  /// Plays calls one after the other, each of 20 ms or as long as it takes.
  private func play(_ inside: [Layer], around bulkhead: Bulkhead, outside: [Layer] = [], _ end: Played, calls: Int = 30)
  {
    let plan = Plan.of(outside + [.bulkhead(bulkhead)] + inside)
    for number in 0..<UInt64(calls) {
      var player = CallPlayer(plan: plan, start: number * 1_000)
      player.fallbacks = [.served(age: nil)]
      _ = player.play([end])
    }
    #expect(bulkhead.inUse == 0)
  }

  private func refusal(isIgnored: Bool = false) -> Played {
    Played(takes: 20, end: .fails(Classification(.other, isIgnored: isIgnored, isOverload: true)))
  }

  @Test("B35: timeouts and refusals lower the limit, also where breakers ignore the refusal")
  func lowers() {
    let cases: [(inside: [Layer], outside: [Layer], end: Played)] = [
      ([.timeout(10)], [], .ok(20)), ([], [.deadline(10)], .ok(20)), ([.timeout(10, .observe)], [], .ok(20)),
      ([], [], .fail(20, .timeout)), ([], [], refusal()), ([], [], refusal(isIgnored: true)),
      ([.retry(.steady(2, 5))], [], refusal()),
    ]
    for (number, (inside, outside, end)) in cases.enumerated() {
      let bulkhead = bulkhead()
      play(inside, around: bulkhead, outside: outside, end)
      #expect(bulkhead.limit < 8, "case \(number)")
    }
  }

  @Test("B28: cancelled, ignored and other failed calls are not measured, nor what a layer inside decides")
  func notMeasured() {
    let isolated = CircuitBreaker("db", CircuitBreakerSettings(failures: 1, open: .seconds(1)))
    _ = isolated.isolate(at: .milliseconds(0))
    let cases: [(inside: [Layer], end: Played)] = [
      ([], Played(takes: 20, end: .throwsCancellation)), ([], .fail(20)),
      ([], Played(takes: 20, end: .fails(Classification(.timeout, isIgnored: true)))), ([.breaker(isolated)], .ok(20)),
      ([.fallback(.code("spare"))], refusal()), ([], .ok(20)),
    ]
    for (number, (inside, end)) in cases.enumerated() {
      for algorithm in AdaptiveLimitSettings.Algorithm.allCases {
        let bulkhead = bulkhead(algorithm)
        let before = bulkhead.limit
        play(inside, around: bulkhead, end, calls: 15)
        #expect(bulkhead.limit == before, "case \(number), \(algorithm)")
      }
    }
  }

  @Test("Measured is the last attempt: waits and attempts before it are not the callee's doing")
  func lastAttempt() {
    let bulkhead = bulkhead(.gradient)
    let plan = Plan.of([.bulkhead(bulkhead), .retry(.steady(2, 700))])
    func play(_ calls: Range<UInt64>, _ attempts: [Played]) {
      for number in calls { _ = CallPlayer(plan: plan, start: number * 1_000).play(attempts) }
    }
    for _ in 0..<3 { #expect(bulkhead.tryEnter()) }
    play(0..<70, [.ok(20)])
    #expect(bulkhead.limit == 8)
    #expect(bulkhead.tryEnter() && bulkhead.tryEnter())
    play(70..<115, [.fail(20), .ok(20)])
    #expect(bulkhead.limit == 8)
    for _ in 0..<5 { bulkhead.leave() }
  }

  @Test("A body that was given up at its limit lowers the limit, and keeps its place until it ends")
  func abandoned() {
    let bulkhead = bulkhead()
    let plan = Plan.of([.bulkhead(bulkhead), .timeout(10, .abandon)])
    for number in 0..<UInt64(30) {
      var call = Call(plan)
      _ = call.enter(at: .milliseconds(number * 1_000))
      let (_, places) = call.bodyAbandoned(cancelled: false, at: .milliseconds(number * 1_000 + 10))
      #expect(bulkhead.inUse == 1)
      for place in places { place.leave() }
    }
    #expect(bulkhead.limit < 8)
    #expect(bulkhead.inUse == 0)
  }

  @Test("An event tells each move of the limit, and nothing but moves")
  func events() {
    let recorder = Recorder()
    let bulkhead = bulkhead()
    let plan = Plan.of([.bulkhead(bulkhead)], recorder: recorder)
    for number in 0..<UInt64(100) { _ = CallPlayer(plan: plan, start: number * 1_000).play([refusal()]) }
    var limits: [Int] = [8]
    for event in recorder.events {
      guard case .bulkheadLimit(let from, let to) = event.kind else { continue }
      #expect(event.name == "search")
      #expect(from == limits.last)
      #expect(from != to)
      limits.append(to)
    }
    #expect(limits.count > 2)
    #expect(limits.last == 1)
  }

  @Test("A bulkhead with a limit that stands still measures nothing")
  func fixed() {
    let bulkhead = Bulkhead("b", BulkheadSettings(concurrent: 8))
    #expect(!bulkhead.isAdaptive)
    #expect(bulkhead.note(.dropped, started: .milliseconds(0), ended: .milliseconds(1)) == nil)
    bulkhead.update(BulkheadSettings(adaptive: AdaptiveLimitSettings(min: 1, max: 8)))
    #expect(bulkhead.isAdaptive)
    bulkhead.update(BulkheadSettings(concurrent: 3))
    #expect(!bulkhead.isAdaptive)
    #expect(bulkhead.limit == 3)
  }
}
