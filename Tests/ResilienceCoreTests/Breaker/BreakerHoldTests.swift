import ResilienceCore
import Testing

@Suite("Breakers that checks hold")
struct BreakerHoldTests {
  private let settings = CircuitBreakerSettings(failures: 2, open: .seconds(60), successes: 2)

  @Test("A held breaker lets nothing through, is half-open when it is released, and closes by its probes")
  func holdAndRelease() {
    var bench = BreakerBench(settings)
    #expect(bench.breaker.hold(by: "db", at: bench.now).map(\.change) == [.isolated(from: .closed)])
    #expect(bench.breaker.hold(by: "db", at: bench.now).isEmpty)
    #expect(bench.tryAdmit().rejection == BreakerRejection(reason: .isolated, retryAfter: nil))
    bench.now = bench.now.advanced(by: 3_600_000_000_000)
    #expect(bench.tryAdmit().rejection?.reason == .isolated)
    #expect(bench.breaker.release(by: "db", at: bench.now).map(\.change) == [.halfOpened(from: .isolated)])
    #expect(bench.breaker.state == .halfOpen)
    #expect(bench.tryAdmitSuccess() == nil)
    #expect(bench.tryAdmitSuccess() == nil)
    #expect(bench.breaker.state == .closed)
  }

  @Test("The last of several holders releases it")
  func several() {
    let bench = BreakerBench(settings)
    _ = bench.breaker.hold(by: "a", at: bench.now)
    #expect(bench.breaker.hold(by: "b", at: bench.now).isEmpty)
    #expect(bench.breaker.release(by: "a", at: bench.now).isEmpty)
    #expect(bench.breaker.release(by: "a", at: bench.now).isEmpty)
    #expect(bench.breaker.state == .isolated)
    #expect(bench.breaker.release(by: "b", at: bench.now).map(\.change) == [.halfOpened(from: .isolated)])
  }

  @Test("What a person isolates stays isolated, whoever held it and releases it")
  func byHand() {
    let bench = BreakerBench(settings)
    _ = bench.breaker.hold(by: "db", at: bench.now)
    #expect(bench.breaker.isolate(at: bench.now).isEmpty)
    #expect(bench.breaker.release(by: "db", at: bench.now).isEmpty)
    #expect(bench.breaker.state == .isolated)
    _ = bench.breaker.hold(by: "db", at: bench.now)
    #expect(bench.breaker.release(by: "db", at: bench.now).isEmpty)
    #expect(bench.breaker.close(at: bench.now).map(\.change) == [.closed(from: .isolated)])
  }

  @Test("A person who closes a held breaker wins; a release afterwards changes nothing")
  func closedByHand() {
    let bench = BreakerBench(settings)
    _ = bench.breaker.hold(by: "db", at: bench.now)
    #expect(bench.breaker.close(at: bench.now).map(\.change) == [.closed(from: .isolated)])
    #expect(bench.breaker.release(by: "db", at: bench.now).isEmpty)
    #expect(bench.breaker.state == .closed)
  }

  @Test("B11: what was let through before the hold is late, also after the release")
  func late() {
    let bench = BreakerBench(settings)
    let before = bench.tryAdmit().running
    _ = bench.breaker.hold(by: "db", at: bench.now)
    _ = bench.breaker.release(by: "db", at: bench.now)
    if let before { #expect(bench.end(before, .failure) == .late) }
    #expect(bench.breaker.state == .halfOpen)
  }

  @Test(
    "In any order of hands and holders, a breaker is isolated exactly while a reason for it is left", arguments: 1...150
  )
  func anyOrder(_ seed: Int) throws {
    let chance = Chance(seed: UInt64(seed))
    let bench = BreakerBench(settings, seed: UInt64(seed))
    var holders: Set<String> = []
    var isByHand = false
    for step in 0..<200 {
      let holder = ["a", "b", "c"][Int(chance.draw(0...2))]
      switch chance.draw(0...9) {
      case 0...3:
        _ = bench.breaker.hold(by: holder, at: bench.now)
        holders.insert(holder)
      case 4...7:
        _ = bench.breaker.release(by: holder, at: bench.now)
        holders.remove(holder)
      case 8:
        _ = bench.breaker.isolate(at: bench.now)
        isByHand = true
      default:
        _ = bench.breaker.close(at: bench.now)
        (holders, isByHand) = ([], false)
      }
      try #require(
        (bench.breaker.state == .isolated) == (isByHand || !holders.isEmpty), "seed \(seed), step \(step)")
    }
  }
}
