import ResilienceCore
import Testing

/// A pipeline of random layers and what has to be home again when its call has ended.
private struct RandomPipeline {
  var layers: [Layer] = []
  var breakers: [CircuitBreaker] = []
  var bulkheads: [Bulkhead] = []
  var description: [String] = []
  /// The most bodies that the retries allow.
  var attempts = 1

  init(_ chance: Chance) {
    for _ in 0..<chance.draw(0...8) { add(chance) }
  }

  private mutating func add(_ chance: Chance) {
    let number = layers.count
    switch chance.draw(0...6) {
    case 0: layers.append(.fallback(.code("spare \(number)")))
    case 1: layers.append(.deadline(Int64(chance.draw(1...2_000)), Self.mode(chance)))
    case 2: layers.append(.timeout(Int64(chance.draw(1...1_000)), Self.mode(chance)))
    case 3:
      let tries = Int(chance.draw(1...4))
      attempts *= tries
      layers.append(.retry(.steady(tries, Int64(chance.draw(0...300)))))
    case 4:
      let settings = CircuitBreakerSettings(
        failures: Int(chance.draw(1...3)), open: .milliseconds(Int64(chance.draw(1...400))))
      breakers.append(CircuitBreaker("breaker \(number)", settings, chance: Chance(seed: 1)))
      layers.append(.breaker(breakers[breakers.count - 1]))
    case 5:
      bulkheads.append(Bulkhead("bulkhead \(number)", BulkheadSettings(concurrent: Int(chance.draw(1...2)))))
      layers.append(.bulkhead(bulkheads[bulkheads.count - 1]))
    default:
      let settings = RateLimiterSettings(
        rate: Rate(Int(chance.draw(1...20)), per: .seconds(1)), burst: Int(chance.draw(1...3)),
        wait: chance.happens(.percent(50)) ? .milliseconds(Int64(chance.draw(0...500))) : nil)
      layers.append(.rateLimit(RateLimiter("limiter \(number)", settings)))
    }
    description.append("\(layers[number].kind)")
  }

  private static func mode(_ chance: Chance) -> TimeoutSettings.Mode {
    chance.happens(.percent(30)) ? .observe : .cooperative
  }
}

@Suite("Any call through any pipeline")
struct CallPropertyTests {
  private func script(_ chance: Chance) -> [Played] {
    (0..<chance.draw(1...4)).map { _ in
      let takes = chance.draw(0...600)
      switch chance.draw(0...4) {
      case 0, 1: return .ok(takes)
      case 2: return .fail(takes)
      case 3: return Played(takes: takes, end: .succeeds, ignoresCancellation: true)
      default: return Played(takes: takes, end: .throwsCancellation)
      }
    }
  }

  @Test(
    "T4: every call ends, with no more bodies than its retries allow, and everything it held is home", arguments: 1...40
  )
  func everythingComesHome(seed: UInt64) {
    let chance = Chance(seed: seed)
    for round in 0..<100 {
      let pipeline = RandomPipeline(chance)
      let plan = Plan.of(pipeline.layers)
      var start: UInt64 = 0
      for call in 0..<6 {
        var player = CallPlayer(plan: plan, start: start)
        if chance.happens(.percent(30)) { player.cancelledAt = start + chance.draw(0...1_500) }
        player.fallbacks = [[.served(age: nil), .failed, .unavailable, .cancelled][Int(chance.draw(0...3))]]
        let ending = player.play(script(chance))
        let what = "seed \(seed), round \(round), call \(call): \(pipeline.description)"
        #expect(ending.verdict != "stuck", Comment(rawValue: what))
        #expect(ending.starts.count <= pipeline.attempts, Comment(rawValue: what))
        #expect(pipeline.bulkheads.allSatisfy { $0.inUse == 0 && $0.queued == 0 }, Comment(rawValue: what))
        start = ending.at + chance.draw(0...500)
      }
    }
  }

  @Test("T4: after any past, every breaker lets a good call through once its open time is over", arguments: 1...40)
  func breakersRecover(seed: UInt64) {
    let chance = Chance(seed: seed)
    for round in 0..<50 {
      let pipeline = RandomPipeline(chance)
      let plan = Plan.of(pipeline.layers)
      var start: UInt64 = 0
      for _ in 0..<5 { start = CallPlayer(plan: plan, start: start, fallbacks: [.failed]).play(script(chance)).at }
      for breaker in pipeline.breakers {
        for probe in UInt64(0)..<3 {
          let ending = CallPlayer(plan: .of([.breaker(breaker)]), start: start + 1_000 * (probe + 1)).play([.ok()])
          #expect(ending.verdict == "success", "seed \(seed), round \(round): \(pipeline.description)")
        }
        #expect(breaker.state == .closed)
      }
    }
  }

  @Test("T3: the same seed gives the same schedule", arguments: 1...20)
  func sameSeed(seed: UInt64) {
    let settings = RetrySettings(
      attempts: 8, backoff: .exponential(initial: .milliseconds(100), factor: 2, max: .seconds(5)),
      jitter: [.full, .equal, .decorrelated, .share(.percent(30))][Int(seed % 4)])
    func schedule(_ seed: UInt64) -> [UInt64] {
      let plan = Plan(
        operation: "users.get", layers: [.retry(settings)], chance: Chance(seed: seed), supervisor: Supervisor())
      return CallPlayer(plan: plan).play([.fail()]).starts
    }
    #expect(schedule(seed) == schedule(seed))
    #expect(schedule(seed) != schedule(seed + 1))
  }

  @Test("A call keeps the state of each of as many layers as a pipeline can have apart from the others")
  func layerStates() {
    var states = LayerStates()
    for index in 0..<LayerStates.capacity {
      states[index] = LayerState(first: UInt64(index), second: UInt64(index) << 8, third: UInt64(index) << 16)
    }
    for index in 0..<LayerStates.capacity {
      #expect(states[index].first == UInt64(index))
      #expect(states[index].second == UInt64(index) << 8)
      #expect(states[index].third == UInt64(index) << 16)
    }
  }
}
