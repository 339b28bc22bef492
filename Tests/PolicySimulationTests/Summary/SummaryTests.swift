import ResilienceCore
import Testing

@testable import PolicySimulation

@Suite("What a run comes to")
struct SummaryTests {
  @Test("Quantiles are exact: the shortest time by which that share of the calls has ended", arguments: 1...20)
  func quantiles(seed: UInt64) {
    let chance = Chance(seed: seed)
    var tally = DurationTally(limit: 64)
    let spread = chance.draw(1...60)
    let durations = (0..<chance.draw(1...500)).map { _ in chance.draw(0...spread) }
    for duration in durations { tally.add(duration) }
    let sorted = durations.sorted()
    let expected = [500, 950, 990, 1_000].map { sorted[max((sorted.count * $0 + 999) / 1_000, 1) - 1] }
    #expect(tally.quantiles([500, 950, 990, 1_000]) == expected, "seed \(seed)")
  }

  @Test("Of very many different times quantiles are exact to 0.1 %, and never below")
  func manyTimes() {
    var tally = DurationTally(limit: 1 << 14)
    let chance = Chance(seed: 5)
    let durations = (0..<100_000).map { _ in chance.draw(1...1_000_000_000) }
    for duration in durations { tally.add(duration) }
    let sorted = durations.sorted()
    let found = tally.quantiles([500, 950, 990, 1_000])
    for (share, found) in zip([500, 950, 990, 1_000], found) {
      let exact = sorted[(sorted.count * share + 999) / 1_000 - 1]
      #expect(found >= exact)
      #expect(Double(found) <= Double(exact) * 1.001)
    }
    #expect(tally.count == 100_000)
  }

  @Test("Shares are rounded, and one that is not whole never looks whole")
  func shares() {
    #expect(Share(1, of: 3)?.decimal() == "0.333333")
    #expect(Share(2, of: 3)?.decimal() == "0.666667")
    #expect(Share(3, of: 2)?.decimal() == "1.5")
    #expect(Share(9_999_999, of: 10_000_000)?.decimal() == "0.999999")
    #expect(Share(1, of: 10_000_000)?.decimal() == "0.000001")
    #expect(Share(1, of: 3)?.decimal(3, times: 100) == "33.333")
    #expect(Share(0, of: 5)?.decimal() == "0")
    #expect(Share(5, of: 5)?.decimal() == "1")
    #expect(Share(1, of: 0) == nil)
  }

  @Test("A timeline counts every call, however long it gets")
  func timeline() {
    var timeline = Timeline()
    for second in 0..<100 { timeline.count(.success, at: UInt64(second) * 1_000_000_000 + 5) }
    timeline.count(.failure, at: 100_000_000_000)
    #expect(timeline.calls(.success, in: 0..<timeline.count) == 100)
    #expect(timeline.calls(.failure, in: 0..<timeline.count) == 1)
    let bins = Bins(timeline, end: 100_000_000_000, atMost: 120)
    #expect(bins.width == 1_000_000_000)
    #expect(bins.count == 101)
    #expect((0..<100).allSatisfy { bins.calls(.success, in: $0) == 1 })
    #expect(Bins(timeline, end: 100_000_000_000, atMost: 60).width == 2_000_000_000)
    #expect(Bins(timeline, end: 100_000_000_000, atMost: 30).width == 5_000_000_000)
  }

  @Test("Axes have round steps, few enough to be read")
  func axes() {
    for end: UInt64 in [1, 7, 35, 99, 101, 4_999, 123_456_789] {
      let ticks = AxisTicks(to: end, atMost: 5)
      #expect((1...6).contains(ticks.values.count), "\(end): \(ticks.values)")
    }
    let minute: UInt64 = 60_000_000_000
    #expect(AxisTicks(time: 61_000_000_000, atMost: 10).step == 10_000_000_000)
    #expect(AxisTicks(time: 10 * minute, atMost: 10).step == minute)
    #expect(AxisTicks(time: 60 * minute, atMost: 10).step == 10 * minute)
  }
}
