import ResilienceCore
import Testing

@testable import ResilienceCore

@Suite("What a hedge learns")
struct LatencyWindowTests {
  private static let measured = MeasuredDelay(
    quantile: .percent(95), min: .milliseconds(1), max: .seconds(60), cold: .milliseconds(120))

  @Test("Every time is in the bucket whose bounds it has, and no bucket is wider than a sixteenth", arguments: 1...20)
  func buckets(seed: UInt64) {
    let chance = Chance(seed: seed)
    for _ in 0..<1_000 {
      let time = chance.draw(0...(1 << chance.draw(0...41)))
      let bucket = LatencyHistogram.bucket(of: time)
      let longest = LatencyHistogram.longest(in: bucket)
      let shortest = bucket == 0 ? 0 : LatencyHistogram.longest(in: bucket - 1)
      let fits = time < longest && time >= shortest && longest - shortest <= max(shortest / 16, 1_024)
      if !fits { Issue.record("seed \(seed): \(time) is in the bucket from \(shortest) to \(longest)") }
    }
    #expect(LatencyHistogram.bucket(of: .max) == LatencyHistogram.bucketCount - 1)
  }

  @Test("A quantile is never below the true one of the last calls, and above it by no more than is promised")
  func accuracy() throws {
    for seed in UInt64(1)...20 {
      let chance = Chance(seed: seed)
      var window = LatencyWindow()
      var times: [UInt64] = []
      for _ in 0..<200 {
        let time = chance.draw(1...1_000) * chance.draw(1...1_000_000)
        times.append(time)
        window.add(time, for: .percent(95))
      }
      times.sort()
      let exact = times[189]
      let found = try #require(window.quantile(.percent(95)))
      #expect(found >= exact && found <= exact + exact / 16 + 2_048, "seed \(seed)")
    }
  }

  @Test("`cold` counts until 100 calls are known for p95, and min and max hold afterwards")
  func cold() {
    let hedge = Hedge("tail", HedgeSettings(after: .measured(Self.measured)))
    for _ in 0..<99 { hedge.record(primary: 10_000_000) }
    #expect(hedge.delay == 120_000_000)
    hedge.record(primary: 10_000_000)
    #expect(hedge.delay >= 10_000_000 && hedge.delay < 10_700_000)
    var narrow = Self.measured
    (narrow.min, narrow.max) = (.milliseconds(50), .milliseconds(80))
    hedge.update(HedgeSettings(after: .measured(narrow), extra: 3))
    #expect(hedge.delay == 50_000_000)
    #expect(hedge.extra == 3)
    #expect(hedge.samples == 100)
  }

  @Test("A callee that became slower, or faster again, is followed within two generations")
  func follows() {
    let hedge = Hedge("tail", HedgeSettings(after: .measured(Self.measured)))
    for _ in 0..<1_000 { hedge.record(primary: 10_000_000) }
    for _ in 0..<80 { hedge.record(primary: 90_000_000) }
    #expect(hedge.delay >= 90_000_000)
    for _ in 0..<1_000 { hedge.record(primary: 10_000_000) }
    #expect(hedge.delay < 11_000_000)
  }

  @Test("Times at the ends of what can be measured break nothing")
  func extremes() {
    let hedge = Hedge(
      "tail",
      HedgeSettings(
        after: .measured(MeasuredDelay(quantile: .one, min: .zero, max: .seconds(5), cold: .zero)), extra: .max))
    for time in [0, 1, UInt64.max, 1 << 62] { for _ in 0..<30 { hedge.record(primary: time) } }
    #expect(hedge.extra == 10)
    #expect(hedge.delay == 0)
  }

  /// The quantile that a delay is set to by the calls that are hedged at that very delay.
  @Test("B28: hedges that win do not make the callee look fast, and cancelled calls that were not slow do not count")
  func censoring() {
    let hedge = Hedge("tail", HedgeSettings(after: .measured(Self.measured)))
    let plan = Plan.of([Layer(.hedge(hedge, budget: nil), name: "tail")])
    let chance = Chance(seed: 3)
    var delays: [UInt64] = []
    for round in UInt64(0)..<3_000 {
      // One call in twenty takes more than 100 ms; a hedge always answers at once.
      let takes = chance.happens(.percent(5)) ? chance.draw(101...1_000) : chance.draw(1...100)
      HedgePlayer(plan: plan, start: round * 2_000).play { leg in leg == 0 ? .ok(takes) : .ok(1) }
      delays.append(hedge.delay)
    }
    let late = delays.suffix(1_000).reduce(0, +) / 1_000
    #expect(late > 90_000_000 && late < 160_000_000, "\(late)")
    let known = hedge.samples
    var cancelled = HedgePlayer(plan: plan, start: 20_000_000)
    cancelled.cancelledAt = 20_000_005
    cancelled.play { _ in .ok(50) }
    HedgePlayer(plan: plan, start: 21_000_000).play { _ in .fail(2) }
    #expect(hedge.samples == known)
  }
}
