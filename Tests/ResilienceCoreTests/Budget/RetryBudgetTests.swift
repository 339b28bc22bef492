import ResilienceCore
import Testing

@Suite struct RetryBudgetTests {
  private func budget(_ percent: Double, floor: Rate = Rate(1, per: .seconds(3_600)), window: Duration = .seconds(10))
    -> RetryBudget
  {
    RetryBudget("shared", RetryBudgetSettings(ratio: .percent(percent), floor: floor, window: window))
  }

  private func takeAll(_ budget: RetryBudget, _ now: Int) -> Int {
    var taken = 0
    while budget.take(at: .milliseconds(now)) { taken += 1 }
    return taken
  }

  @Test("G1: this try included, at most ratio · first tries are allowed")
  func ratio() {
    let budget = budget(20)
    for _ in 0..<4 { budget.noteFirstTry(at: .milliseconds(0)) }
    #expect(takeAll(budget, 0) == 0, "0.8 of a try is none")
    budget.noteFirstTry(at: .milliseconds(0))
    #expect(takeAll(budget, 0) == 1)
    for _ in 0..<10 { budget.noteFirstTry(at: .milliseconds(0)) }
    #expect(takeAll(budget, 0) == 2)
  }

  @Test("G1: the floor allows so many in a window, however few the first tries")
  func floor() {
    #expect(takeAll(budget(0, floor: Rate(3, per: .seconds(1))), 0) == 30)
    #expect(takeAll(budget(0, floor: Rate(1, per: .seconds(10))), 0) == 1)
    #expect(takeAll(budget(0, floor: Rate(1, per: .seconds(11))), 0) == 0)
  }

  @Test("G1: fractions of ratio and floor are added before they are compared")
  func fractions() {
    let budget = budget(50, floor: Rate(1, per: .seconds(20)))
    budget.noteFirstTry(at: .milliseconds(0))
    #expect(takeAll(budget, 0) == 1)
  }

  @Test("G1: what is older than the window counts no more, on either side")
  func window() {
    let budget = budget(10, floor: Rate(1, per: .seconds(10)))
    #expect(budget.take(at: .milliseconds(1_500)))
    #expect(!budget.take(at: .milliseconds(11_499)))
    #expect(budget.take(at: .milliseconds(11_500)))

    for _ in 0..<10 { budget.noteFirstTry(at: .milliseconds(20_000)) }
    #expect(budget.tokens(at: .milliseconds(20_000)) == 1)
    #expect(budget.tokens(at: .milliseconds(29_999)) == 2, "the extra try has left, the first tries have not")
    #expect(budget.tokens(at: .milliseconds(30_000)) == 1, "only the floor is left")
  }

  @Test("G1: a refused try costs nothing")
  func refused() {
    let budget = budget(10)
    for _ in 0..<50 { #expect(!budget.take(at: .milliseconds(0))) }
    for _ in 0..<10 { budget.noteFirstTry(at: .milliseconds(1)) }
    #expect(budget.take(at: .milliseconds(1)))
  }

  @Test("G1: agrees with a list of all tries, at every step", arguments: 1...40)
  func oracle(_ seed: Int) {
    let chance = Chance(seed: UInt64(seed))
    let settings = RetryBudgetSettings(
      ratio: Ratio(partsPerMillion: UInt32(chance.draw(0...1_000_000))),
      floor: Rate(Int(chance.draw(1...5)), per: Duration(nanoseconds: chance.draw(100...5_000))),
      window: Duration(nanoseconds: chance.draw(1...2_000)))
    let budget = RetryBudget("shared", settings)
    var oracle = Oracle(settings: settings)
    var now: UInt64 = 0
    for step in 0..<4_000 {
      now += chance.draw(0...3) == 0 ? chance.draw(0...500) : chance.draw(0...12)
      let instant = Instant(nanoseconds: now)
      if chance.draw(0...1) == 0 {
        budget.noteFirstTry(at: instant)
        oracle.first.append(now)
      } else {
        let (taken, expected) = (budget.take(at: instant), oracle.take(at: now))
        guard taken == expected else { return #expect(taken == expected, "seed \(seed), step \(step)") }
      }
    }
  }

  @Test(
    "G1: with more tries than are kept one by one it never allows too much, and hardly too little", arguments: 1...5)
  func manyTries(_ seed: Int) {
    let chance = Chance(seed: UInt64(seed))
    let settings = RetryBudgetSettings(
      ratio: .percent(20), floor: Rate(1, per: .seconds(1)), window: Duration(nanoseconds: 100_000))
    let budget = RetryBudget("shared", settings)
    var oracle = Oracle(settings: settings)
    var now: UInt64 = 0
    var (taken, allowed) = (0, 0)
    for step in 0..<12_000 {
      now += chance.draw(0...60)
      if chance.draw(0...2) > 0 {
        budget.noteFirstTry(at: Instant(nanoseconds: now))
        oracle.first.append(now)
      } else {
        let expected = oracle.allows(at: now)
        if expected { allowed += 1 }
        guard budget.take(at: Instant(nanoseconds: now)) else { continue }
        guard expected else { return #expect(expected, "seed \(seed), step \(step)") }
        oracle.extra.append(now)
        taken += 1
      }
    }
    #expect(taken * 100 >= allowed * 20, "seed \(seed): \(taken) of \(allowed)")
    #expect(taken > 1_000)
  }

  @Test("Reload, budget: the counts stay and are judged by the new numbers and window")
  func update() {
    let budget = budget(50)
    for step in 0..<10 { budget.noteFirstTry(at: .milliseconds(step * 1_000)) }
    #expect(takeAll(budget, 9_000) == 5)
    budget.update(
      RetryBudgetSettings(ratio: .percent(80), floor: Rate(1, per: .seconds(3_600))), at: .milliseconds(9_000))
    #expect(takeAll(budget, 9_000) == 3)
    budget.update(
      RetryBudgetSettings(ratio: .one, floor: Rate(1, per: .seconds(3_600)), window: .seconds(5)),
      at: .milliseconds(9_000))
    #expect(budget.tokens(at: .milliseconds(9_000)) == 0, "five first tries, eight extra ones in five seconds")
    #expect(budget.tokens(at: .milliseconds(14_000)) == 0)
  }

  @Test("Settings and instants that make no sense do not trap")
  func absurd() {
    for count in [Int.min, 0, Int.max] {
      for duration in [Duration.zero, .seconds(-1), .nanoseconds(1), .seconds(Int64.max)] {
        let budget = budget(100, floor: Rate(count, per: duration), window: duration)
        for now in [UInt64.max, 0, 5, .max, 1] {
          budget.noteFirstTry(at: Instant(nanoseconds: now))
          _ = budget.take(at: Instant(nanoseconds: now))
          #expect(budget.tokens(at: Instant(nanoseconds: now)) >= 0)
        }
      }
    }
  }

  /// The statement itself, over a list of everything that ever happened.
  private struct Oracle {
    var settings: RetryBudgetSettings
    var first: [UInt64] = []
    var extra: [UInt64] = []

    func allows(at now: UInt64) -> Bool {
      let window = settings.window.nanoseconds
      func live(_ list: [UInt64]) -> UInt64 {
        UInt64(list.reversed().prefix { now - $0 < window }.count)
      }
      // extra + 1 ≤ ratio · first + count · window / period, with all denominators multiplied out.
      let period = settings.floor.period.nanoseconds
      let earned = UInt64(settings.ratio.partsPerMillion) * live(first) * period
      let floor = UInt64(settings.floor.count) * window * 1_000_000
      return (live(extra) + 1) * 1_000_000 * period <= earned + floor
    }

    mutating func take(at now: UInt64) -> Bool {
      let allowed = allows(at: now)
      if allowed { extra.append(now) }
      return allowed
    }
  }
}
