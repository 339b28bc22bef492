import ResilienceCore
import Testing

/// A pipeline of random layers, hedges among them, and what has to be home again when everything has ended.
private struct RandomHedges {
  var layers: [Layer] = []
  var breakers: [CircuitBreaker] = []
  var bulkheads: [Bulkhead] = []
  /// The most bodies that retries and hedges allow.
  var most = 1

  init(_ chance: Chance) {
    for _ in 0..<chance.draw(1...7) { add(chance) }
  }

  var description: String { layers.map { "\($0.kind)" }.joined(separator: " ") }

  private mutating func add(_ chance: Chance) {
    let number = layers.count
    let hedges = layers.count { $0.kind == .hedge }
    switch chance.draw((hedges < 2 ? 0 : 3)...8) {
    case 0...2:
      let settings = HedgeSettings(
        after: .milliseconds(Int64(chance.draw(0...150))), extra: Int(chance.draw(1...2)))
      most *= settings.extra + 1
      let budget =
        chance.happens(.percent(30))
        ? RetryBudget("budget", RetryBudgetSettings(ratio: .zero, floor: Rate(1, per: .seconds(1)))) : nil
      layers.append(Layer(.hedge(Hedge("hedge \(number)", settings), budget: budget), name: "hedge"))
    case 3: layers.append(.deadline(Int64(chance.draw(1...900)), Self.mode(chance)))
    case 4: layers.append(.timeout(Int64(chance.draw(1...500)), Self.mode(chance)))
    case 5:
      let tries = Int(chance.draw(1...3))
      most *= tries
      layers.append(.retry(.steady(tries, Int64(chance.draw(0...100)))))
    case 6:
      let settings = CircuitBreakerSettings(
        failures: Int(chance.draw(1...3)), open: .milliseconds(Int64(chance.draw(1...400))))
      breakers.append(CircuitBreaker("breaker \(number)", settings, chance: Chance(seed: 1)))
      layers.append(.breaker(breakers[breakers.count - 1]))
    case 7:
      let settings = BulkheadSettings(
        concurrent: Int(chance.draw(1...3)), queue: Int(chance.draw(0...2)), wait: .milliseconds(50))
      bulkheads.append(Bulkhead("bulkhead \(number)", settings))
      layers.append(.bulkhead(bulkheads[bulkheads.count - 1]))
    default:
      let effect: Chaos.Effect = chance.happens(.percent(50)) ? .failure(class: "other") : .delay(40_000_000)
      layers.append(Layer(.chaos(Chaos(effect, ChaosSettings(rate: .percent(20), seed: 5))), name: "chaos"))
    }
  }

  private static func mode(_ chance: Chance) -> TimeoutSettings.Mode {
    switch chance.draw(0...3) {
    case 0: .observe
    case 1: .abandon
    default: .cooperative
    }
  }
}

@Suite("Calls with hedges, by their machine alone")
struct HedgeCallTests {
  private func hedge(
    _ milliseconds: Int64, extra: Int = 1, budget: RetryBudget? = nil
  ) -> Layer {
    Layer(
      .hedge(Hedge("tail", HedgeSettings(after: .milliseconds(milliseconds), extra: extra)), budget: budget),
      name: "tail")
  }

  private func play(
    _ layers: [Layer], idempotency: Idempotency = .safe, recorder: Recorder? = nil, cancelledAt: UInt64? = nil,
    _ script: @escaping (Int) -> Played
  ) -> HedgeStage.Ending {
    HedgePlayer(
      plan: .of(layers, idempotency: idempotency, recorder: recorder), cancelledAt: cancelledAt
    ).play(script)
  }

  @Test(
    "H1, T4: through any pipeline every call ends, no body starts after it, and everything held is home",
    arguments: 1...40)
  func everythingComesHome(seed: UInt64) {
    let chance = Chance(seed: seed)
    for round in 0..<20 {
      let pipeline = RandomHedges(chance)
      let plan = Plan.of(pipeline.layers)
      var start: UInt64 = 0
      for call in 0..<4 {
        var player = HedgePlayer(plan: plan, start: start)
        if chance.happens(.percent(30)) { player.cancelledAt = start + chance.draw(0...900) }
        let ending = player.play { _ in
          let takes = chance.draw(0...400)
          switch chance.draw(0...4) {
          case 0, 1: return .ok(takes)
          case 2: return .fail(takes)
          case 3: return Played(takes: takes, end: .succeeds, ignoresCancellation: true)
          default: return Played(takes: takes, end: .throwsCancellation)
          }
        }
        let what = Comment(rawValue: "seed \(seed), round \(round), call \(call): \(pipeline.description)")
        #expect(ending.verdict != nil, what)
        #expect(ending.starts.count <= pipeline.most, what)
        #expect(ending.startsAfterEnd == 0, what)
        #expect(pipeline.bulkheads.allSatisfy { $0.inUse == 0 && $0.queued == 0 }, what)
        start = ending.settledAt + chance.draw(0...300)
      }
      for breaker in pipeline.breakers {
        for probe in UInt64(0)..<3 {
          let ending = CallPlayer(plan: .of([.breaker(breaker)]), start: start + 1_000 * (probe + 1)).play([.ok()])
          #expect(ending.verdict == "success", "seed \(seed), round \(round): \(pipeline.description)")
        }
      }
    }
  }

  @Test("H1: the hedge's success is the call's, at once, and the report says who won")
  func hedgeWins() throws {
    let recorder = Recorder()
    let ending = play([hedge(100)], recorder: recorder) { $0 == 0 ? .ok(1_000) : .ok(50) }
    #expect(ending.at == 150)
    #expect(ending.starts == [0, 100])
    #expect(ending.history.map(\.leg) == [0, 1])
    #expect(ending.history.map(\.classes) == [["cancelled"], []])
    #expect(ending.history.map(\.number) == [1, 2])
    #expect(ending.history.map(\.duration) == [.milliseconds(150), .milliseconds(50)])
    let kinds = recorder.events.map { "\($0.kind)" }
    #expect(kinds == ["hedgeStarted(leg: 1, after: 0.1 seconds)", "hedgeWon(leg: 1)"])
    #expect(recorder.events.allSatisfy { $0.layer == .hedge && $0.name == "tail" })
  }

  @Test("B6: without a hedge nothing is told and nothing recorded; a primary that wins makes no hedge the winner")
  func primaryWins() {
    let recorder = Recorder()
    let quick = play([hedge(100)], recorder: recorder) { _ in .ok(99) }
    #expect(quick.starts == [0] && quick.history.isEmpty && recorder.events.isEmpty)
    let slow = play([hedge(100)], recorder: recorder) { $0 == 0 ? .ok(120) : .ok(500) }
    #expect(slow.at == 120)
    #expect(slow.history.map(\.classes) == [[], ["cancelled"]])
    #expect(recorder.events.map { "\($0.kind)" } == ["hedgeStarted(leg: 1, after: 0.1 seconds)"])
  }

  @Test("H1: a primary that fails before a hedge is due ends the race, and a retry outside goes on")
  func primaryFails() {
    let failed = play([hedge(100)]) { _ in .fail(50) }
    guard case .bodyFailed? = failed.verdict else {
      return #expect(Bool(false), "\(String(describing: failed.verdict))")
    }
    #expect(failed.starts == [0])
    let retried = play([.retry(.steady(3, 10)), hedge(100)]) { _ in .fail(50) }
    #expect(retried.starts == [0, 60, 120])
    #expect(retried.history.map(\.number) == [1, 2, 3])
    #expect(retried.history.map(\.delay) == [.milliseconds(10), .milliseconds(10), nil])
  }

  @Test("H1: when all fail, the call fails as the primary did")
  func allFail() {
    let first = FailureClasses.defined(0)
    let second = FailureClasses.defined(1)
    let retry = Layer.retry(.steady(2, 0, handle: second))
    let ending = play([retry, hedge(100)]) { $0 == 0 ? .fail(200, first) : .fail(50, second) }
    #expect(ending.at == 200)
    #expect(ending.starts == [0, 100])
  }

  @Test("H2, B25: a budget that refuses, an inner breaker or bulkhead that rejects the hedge: the primary goes on")
  func refusal() {
    let recorder = Recorder()
    let empty = RetryBudget("shared", RetryBudgetSettings(ratio: .zero, floor: Rate(1, per: .seconds(3_600))))
    let refused = play([hedge(100, extra: 2, budget: empty)], recorder: recorder) { _ in .ok(1_000) }
    #expect(refused.at == 1_000 && refused.starts == [0])
    #expect(recorder.events.map { "\($0.kind)" } == Array(repeating: "hedgeRefused(budget: \"shared\")", count: 2))
    let place = Bulkhead("place", BulkheadSettings(concurrent: 1))
    let full = play([hedge(100), .bulkhead(place)]) { _ in .ok(1_000) }
    #expect(full.at == 1_000 && full.starts == [0])
    guard case .success? = full.verdict else { return #expect(Bool(false)) }
    #expect(place.inUse == 0)
  }

  @Test("G1: hedges and retries together are at most the ratio of first tries; a hedge is no first try, nor is a retry")
  func budget() {
    let budget = RetryBudget("shared", RetryBudgetSettings(ratio: .percent(50), floor: Rate(1, per: .seconds(3_600))))
    let layers: [Layer] = [.retry(.steady(2, 0), budget: budget), hedge(100, budget: budget)]
    let plan = Plan.of(layers)
    var extras = 0
    for call in UInt64(0)..<8 {
      extras += HedgePlayer(plan: plan, start: call * 10).play { $0 == 0 ? .ok(300) : .ok(500) }.starts.count - 1
    }
    #expect(extras == 4)
  }

  @Test("H1, D1: at a limit outside of the hedge the legs are cancelled, and no hedge starts at it")
  func deadline() throws {
    let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 2, open: .seconds(60)))
    let recorder = Recorder()
    let ending = play([.deadline(250), hedge(100, extra: 5), .breaker(breaker)], recorder: recorder) { _ in .ok(1_000) }
    #expect(ending.at == 250 && ending.starts == [0, 100, 200])
    guard case .timedOut(let layer)? = ending.verdict else { return #expect(Bool(false)) }
    #expect(layer == 0)
    // D5: to the breaker inside, each of the bodies that the deadline ended is a failure.
    #expect(breaker.state == .open)
    #expect(ending.history.map(\.classes) == [["timeout"], ["timeout"], ["timeout"]])
    #expect(ending.history.map(\.leg) == [0, 1, 2])
    #expect(recorder.events.count { if case .timedOut = $0.kind { true } else { false } } == 1)
    #expect(play([.deadline(100), hedge(100)]) { _ in .ok(1_000) }.starts == [0])
  }

  @Test("D2: a timeout inside bounds each leg by itself")
  func timeoutInside() {
    let ending = play([hedge(100), .timeout(300)]) { $0 == 0 ? .ok(1_000) : .ok(250) }
    #expect(ending.at == 350 && ending.starts == [0, 100])
    let both = play([hedge(100), .timeout(300)]) { _ in .ok(1_000) }
    #expect(both.at == 400)
    guard case .timedOut(let layer)? = both.verdict else { return #expect(Bool(false)) }
    #expect(layer == 1)
  }

  @Test("H1: to a breaker inside, the loser was cancelled, even when its body fails because of that")
  func loserInBreaker() {
    let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 1, open: .seconds(60)))
    let loser = Played(takes: 500, end: .fails(Classification(.other)), ignoresCancellation: true)
    let ending = play([hedge(100), .breaker(breaker)]) { $0 == 0 ? loser : .ok(10) }
    #expect(ending.at == 110 && ending.settledAt == 500)
    #expect(breaker.state == .closed)
  }

  @Test("H1, K1: a loser that does not heed its cancellation keeps the places around it until it ends")
  func loserKeepsPlaces() throws {
    let outer = Bulkhead("outer", BulkheadSettings(concurrent: 1))
    let inner = Bulkhead("inner", BulkheadSettings(concurrent: 2))
    let plan = Plan.of([.bulkhead(outer), hedge(100), .bulkhead(inner)])
    var use: [Int] = []
    let ending = HedgePlayer(plan: plan).play { leg in
      leg == 0 ? Played(takes: 500, end: .succeeds, ignoresCancellation: true) : .ok(10)
    }
    use = [outer.inUse, inner.inUse]
    #expect(ending.at == 110 && ending.settledAt == 500 && use == [0, 0])
    var call = Call(plan, hedging: true)
    guard case .hedge(.start(let primary)) = call.enter(at: .milliseconds(0)) else { return #expect(Bool(false)) }
    _ = call.legStarted(at: .milliseconds(0))
    var first = Call(primary)
    _ = first.enter(at: .milliseconds(0))
    guard case .hedge(.start(let second)) = call.hedgeWaitEnded(at: .milliseconds(100)) else {
      return #expect(Bool(false))
    }
    _ = call.legStarted(at: .milliseconds(100))
    var hedged = Call(second)
    _ = hedged.enter(at: .milliseconds(100))
    _ = hedged.attemptEnded(.success, at: .milliseconds(110))
    guard case .hedge(.settle(let settlement)) = call.legEnded(1, hedged.legEnd, at: .milliseconds(110)) else {
      return #expect(Bool(false))
    }
    #expect(settlement.answer == 1 && settlement.running == [0])
    _ = call.hedgeSettled(at: .milliseconds(110))
    #expect(outer.inUse == 1 && inner.inUse == 1)
    _ = first.attemptEnded(.cancelled, at: .milliseconds(500))
    for place in settlement.places { place.leave() }
    #expect(outer.inUse == 0 && inner.inUse == 0)
  }

  @Test("T6: cancelling the caller cancels every leg and starts none")
  func cancelled() {
    let ending = play([.fallback(.code("spare")), hedge(100, extra: 5)], cancelledAt: 150) { _ in .ok(1_000) }
    #expect(ending.at == 150 && ending.settledAt == 150)
    #expect(ending.starts == [0, 100])
    guard case .cancelled? = ending.verdict else { return #expect(Bool(false)) }
  }

  @Test("R7, B27: an operation that must not run twice is never hedged, and without hedging a hedge lets calls through")
  func notHedged() {
    let refused = play([hedge(100)], idempotency: .declared(false)) { _ in .ok(1_000) }
    #expect(refused.at == 1_000 && refused.starts == [0])
    let plain = CallPlayer(plan: .of([hedge(100), .timeout(300)])).play([.ok(200)])
    #expect(plain.verdict == "success" && plain.starts == [0])
  }
}
