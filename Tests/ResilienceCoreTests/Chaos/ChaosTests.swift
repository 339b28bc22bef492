import ResilienceCore
import ResilienceTesting
import Testing

@Suite("Chaos")
struct ChaosTests {
  private func chaos(_ effect: Chaos.Effect, _ rate: Ratio = .one, seed: UInt64? = nil, when: String? = nil) -> Layer {
    let condition = when.map { ChaosSettings.Condition(label: $0) }
    return Layer(.chaos(Chaos(effect, ChaosSettings(rate: rate, seed: seed, when: condition))), name: "chaos")
  }

  @Test("An injected failure has its class for everything around it, and is told from the callee's own")
  func failure() throws {
    let transient = ErrorClass(name: "transient", matchers: [])
    try onVirtualTime { time in
      let recorder = Recorder()
      let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 3, open: .seconds(60)))
      let plan = Plan.of(
        [.retry(.steady(3, 100, handle: .defined(0))), .breaker(breaker), chaos(.failure(class: "transient"))],
        classes: [transient], recorder: recorder, time: .virtual(time))
      let report = CallReport()
      let error = await #expect(throws: InjectedFailure.self) { try await plan.run(report: report) { 1 } }
      #expect(error?.failureClass == "transient" && error?.operation == "users.get")
      #expect(report.attempts.map(\.classes) == Array(repeating: ["transient"], count: 3))
      #expect(breaker.state == .open)
      let again = InjectedFailure(operation: "", name: "", failureClass: "transient")
      #expect(plan.classifier.classify(again).classes == .defined(0))
      #expect(
        recorder.events.contains { if case .chaosInjected(let effect) = $0.kind { effect == "fail" } else { false } })
    }
  }

  @Test("An injected wait delays the body, and the limits around it hold")
  func delay() throws {
    try onVirtualTime { time in
      let waits = Plan.of([chaos(.delay(300_000_000)), .timeout(100)], time: .virtual(time))
      let waited = try await waits.run { 1 }
      #expect(waited == 1)
      #expect(time.now == .milliseconds(300))
      let limited = Plan.of([.timeout(200), chaos(.delay(300_000_000))], time: .virtual(time))
      await #expect(throws: ResilienceError.self) { try await limited.run { 1 } }
      #expect(time.now == .milliseconds(500))
      let blocking = Plan.of([chaos(.delay(300_000_000))], time: .virtual(time))
      #expect(try blocking.runBlocking { 1 } == 1)
      #expect(time.now == .milliseconds(800))
    }
  }

  @Test("An injected value is returned, and no fallback keeps it as a good one")
  func value() throws {
    try onVirtualTime { time in
      let value = StaticValue()
      value.set(7)
      let store = LastGoodStore(LastGoodSettings(maxAge: .seconds(60)))
      let kept = FallbackStep(name: "kept", source: .lastGood(store, .none))
      let plan = Plan.of([.fallback(kept), chaos(.value(value))], time: .virtual(time))
      let injected = try await plan.run { 1 }
      #expect(injected == 7)
      #expect(try plan.runBlocking { 1 } == 7)
      #expect(store.value(key: nil, at: time.now) == nil)
    }
  }

  @Test("A seed makes the same choice each time; a label chooses the calls; other calls draw nothing")
  func choice() {
    func met(_ layer: Layer, _ labels: [String: String] = [:]) -> [Bool] {
      let plan = Plan.of([layer])
      return (0..<400).map { _ in CallPlayer(plan: plan, labels: labels).play([.ok()]).verdict != "success" }
    }
    let seeded = met(chaos(.failure(class: "other"), .percent(25), seed: 11))
    #expect(seeded == met(chaos(.failure(class: "other"), .percent(25), seed: 11)))
    #expect(seeded != met(chaos(.failure(class: "other"), .percent(25), seed: 12)))
    #expect((60...140).contains(seeded.count { $0 }))
    let labelled = chaos(.failure(class: "other"), when: "canary")
    #expect(!met(labelled).contains(true))
    #expect(!met(labelled, ["canary": "yes"]).contains(false))
    let condition = ChaosSettings.Condition(label: "tenant", value: "test")
    #expect(condition.fits(["tenant": "test"]) && !condition.fits(["tenant": "other"]))
  }
}
