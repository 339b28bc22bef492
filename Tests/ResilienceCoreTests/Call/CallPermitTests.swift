import ResilienceCore
import Testing

@Suite("A call and what it holds")
struct CallPermitTests {
  private let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 1, open: .milliseconds(100)))
  private let bulkhead = Bulkhead("places", BulkheadSettings(concurrent: 1))

  private var plan: Plan { .of([.bulkhead(bulkhead), .breaker(breaker), .timeout(50)]) }

  private func open() {
    _ = CallPlayer(plan: plan).play([.fail()])
    #expect(breaker.state == .open)
  }

  @Test(
    "T4: a permit comes back however the body ends",
    arguments: [
      Played.ok(), .fail(), .ok(5000), Played(takes: 0, end: .throwsCancellation),
      Played(takes: 0, end: .fails(.rejected)),
    ])
  func permitComesBack(end: Played) {
    open()
    _ = CallPlayer(plan: plan, start: 1000).play([end])
    #expect(bulkhead.inUse == 0)
    let after = CallPlayer(plan: plan, start: 100_000).play([.ok()])
    #expect(after.verdict == "success", "the probe's place was not given back")
  }

  @Test("T4: a call that is dropped half-way gives back what it holds")
  func droppedCall() {
    open()
    do {
      var call = Call(plan)
      _ = call.enter(at: .milliseconds(1000))
      #expect(bulkhead.inUse == 1)
    }
    #expect(bulkhead.inUse == 0)
    #expect(CallPlayer(plan: plan, start: 1001).play([.ok()]).verdict == "success")
  }

  @Test("T6: cancelling the caller stops a backoff at once, starts no further attempt and ends as cancelled")
  func cancelledInBackoff() {
    let fallback = Layer.fallback(.code("spare"))
    let plan = Plan.of([fallback, .retry(.steady(5, 1000))])
    let ending = CallPlayer(plan: plan, cancelledAt: 300).play([.fail()])
    #expect(ending.verdict == "cancelled")
    #expect(ending.at == 300)
    #expect(ending.starts == [0])
    #expect(ending.askedFallbacks.isEmpty)
  }

  @Test("A probe that an inner layer turns away gives its place back and decides nothing")
  func innerRejectionOfProbe() {
    open()
    #expect(bulkhead.tryEnter())
    let inside = Plan.of([.breaker(breaker), .bulkhead(bulkhead)])
    #expect(CallPlayer(plan: inside, start: 1000).play([.ok()]).verdict == "rejected places bulkhead-full")
    bulkhead.leave()
    #expect(CallPlayer(plan: inside, start: 1001).play([.ok()]).verdict == "success")
    #expect(breaker.state == .closed)
  }

  @Test("M3: a call without the label uses the shared instance, which is told once")
  func missingLabel() {
    let recorder = Recorder()
    let keyed = Keyed<Bulkhead>(
      by: "tenant", isIdle: { $0.inUse == 0 }, make: { _ in Bulkhead("tenants", BulkheadSettings(concurrent: 1)) })
    let layer = Layer(.bulkhead(.keyed(keyed)), name: "tenants")
    let plan = Plan.of([layer], recorder: recorder)
    var holder = Call(plan, labels: ["tenant": "a"])
    _ = holder.enter(at: .milliseconds(0))
    #expect(CallPlayer(plan: plan, labels: ["tenant": "a"]).play([.ok()]).verdict == "rejected tenants bulkhead-full")
    #expect(CallPlayer(plan: plan, labels: ["tenant": "b"]).play([.ok()]).verdict == "success")
    #expect(CallPlayer(plan: plan).play([.ok()]).verdict == "success")
    #expect(CallPlayer(plan: plan).play([.ok()]).verdict == "success")
    let missing = recorder.events.filter { if case .labelMissing("tenant") = $0.kind { true } else { false } }
    #expect(missing.count == 1)
    _ = holder.attemptEnded(.success, at: .milliseconds(1))
    #expect(CallPlayer(plan: plan, labels: ["tenant": "a"]).play([.ok()]).verdict == "success")
  }
}
