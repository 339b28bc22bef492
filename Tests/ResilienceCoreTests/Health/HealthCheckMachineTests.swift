import ResilienceCore
import Testing

private let bad = HealthReport.unhealthy("down")
private let slow = HealthReport.degraded("slow")

@Suite("A health check as a machine")
struct HealthCheckMachineTests {
  @Test(
    "C2: a check changes only after so many answers in a row that are all so bad, or all so good",
    arguments: [
      // Each letter is an answer, and below it the status then.
      ("hbbbhhb", "hhhuuhh", 3, 2), ("bbb", "??u", 3, 2), ("bbhb", "??hh", 3, 2), ("hbhbhb", "hhhhhh", 2, 1),
      ("hdbdh", "hhddd", 2, 2), ("hdbbhh", "hhduuh", 2, 2), ("hbdbbdhh", "hhdduuud", 2, 3),
      ("bhdhh", "uuddh", 1, 2), ("d", "d", 3, 3), ("bbdd", "?uud", 2, 2), ("hbbhbhh", "hhuuuuh", 2, 2),
    ])
  func hysteresis(answers: String, statuses: String, unhealthyAfter: Int, healthyAfter: Int) {
    var bench = CheckBench(CheckBench.settings(unhealthyAfter: unhealthyAfter, healthyAfter: healthyAfter))
    #expect(bench.machine.status == .unknown)
    let seen = answers.map { letter -> Character in
      let status = bench.answer(letter == "h" ? .healthy : letter == "d" ? slow : bad)
      return status == .unknown ? "?" : status.rawValue.first ?? " "
    }
    #expect(String(seen) == statuses, "\(answers)")
  }

  @Test("A good answer that takes longer than `degradedAbove` is degraded; one that takes as long is not")
  func latency() {
    var bench = CheckBench(CheckBench.settings(degradedAbove: .milliseconds(100)))
    #expect(bench.answer(.healthy, after: .milliseconds(100)) == .healthy)
    #expect(bench.answer(.healthy("7 connections"), after: .milliseconds(101)) == .degraded)
    #expect(bench.machine.answer?.report.message == "7 connections; took 101 ms, more than 100 ms")
    #expect(bench.answer(bad, after: .milliseconds(101)) == .unhealthy)
    #expect(bench.machine.answer?.report.message == "down")
  }

  @Test("C1: a probe that has not ended at its timeout is unhealthy then, and its end counts for nothing")
  func timeout() {
    var machine = HealthCheckMachine(CheckBench.settings(), at: .ms(0))
    let chance = Chance(seed: 0)
    #expect(machine.begin(at: .ms(0), chance: chance)?.number == 1)
    #expect(machine.wake == .ms(1_000))
    #expect(machine.countOverdue(at: .ms(999)) == nil)
    #expect(machine.countOverdue(at: .ms(1_000))?.to == .unhealthy)
    #expect(machine.answer?.report.message == "timed out after 1 s")
    #expect(machine.end(.healthy, at: .ms(1_200)) == nil)
    #expect(machine.status == .unhealthy)
    #expect(machine.wake == .ms(10_000))
  }

  @Test("C1: a probe that was counted at its timeout is not counted again at its end")
  func countedOnce() {
    var machine = HealthCheckMachine(CheckBench.settings(unhealthyAfter: 2), at: .ms(0))
    _ = machine.begin(at: .ms(0), chance: Chance(seed: 0))
    #expect(machine.countOverdue(at: .ms(1_000)) == nil)
    #expect(machine.end(.unhealthy("late"), at: .ms(1_200)) == nil)
    #expect(machine.status == .unknown)
    #expect(machine.answer?.report.message == "timed out after 1 s")
  }

  @Test("C1: an end at the very timeout is in time, one that is noticed later is not")
  func edge() {
    var bench = CheckBench(CheckBench.settings())
    #expect(bench.answer(.healthy, after: .seconds(1)) == .healthy)
    #expect(bench.answer(.healthy, after: .milliseconds(1_001)) == .unhealthy)
    #expect(bench.machine.answer?.report.message == "timed out after 1.001 s")
  }

  @Test("A probe that hangs is never joined by a second, and counts again after each interval until it ends")
  func hanging() {
    var machine = HealthCheckMachine(CheckBench.settings(unhealthyAfter: 3), at: .ms(0))
    let chance = Chance(seed: 0)
    _ = machine.begin(at: .ms(0), chance: chance)
    #expect(machine.countOverdue(at: .ms(1_000)) == nil)
    #expect(machine.wake == .ms(11_000))
    #expect(machine.begin(at: .ms(10_000), chance: chance) == nil)
    #expect(machine.countOverdue(at: .ms(11_000)) == nil)
    #expect(machine.countOverdue(at: .ms(21_000))?.to == .unhealthy)
    #expect(machine.answer?.report.message == "has not answered for 21 s")
    #expect(machine.end(.healthy, at: .ms(22_000)) == nil)
    #expect(machine.begin(at: .ms(22_000), chance: chance)?.number == 2)
  }

  @Test("A probe that somebody called off says nothing")
  func calledOff() {
    var machine = HealthCheckMachine(CheckBench.settings(), at: .ms(0))
    _ = machine.begin(at: .ms(0), chance: Chance(seed: 0))
    #expect(machine.end(nil, at: .ms(10)) == nil)
    #expect(machine.status == .unknown)
    #expect(machine.answer == nil)
  }

  @Test("Probes begin an interval apart, less at most the jitter, and at once after one that took longer")
  func schedule() {
    var bench = CheckBench(CheckBench.settings(jitter: .percent(20)), seed: 3)
    var begins: [Instant] = []
    for _ in 0..<500 {
      begins.append(bench.machine.wake)
      bench.answer(.healthy, after: .milliseconds(300))
    }
    let gaps = zip(begins, begins.dropFirst()).map { $0.nanoseconds(to: $1) }
    #expect(gaps.allSatisfy { (8_000_000_000...10_000_000_000).contains($0) })
    #expect(Set(gaps).count > 400)
    #expect(gaps.min() ?? 0 < 8_200_000_000)
    #expect(gaps.max() ?? 0 > 9_800_000_000)

    var slow = CheckBench(CheckBench.settings(timeout: .seconds(60)))
    slow.answer(.healthy, after: .seconds(25))
    #expect(slow.machine.wake == .ms(25_000))
  }

  @Test("One that is wanted at once begins as soon as nothing runs")
  func wanted() {
    var bench = CheckBench(CheckBench.settings())
    bench.answer(.healthy)
    #expect(bench.machine.want(at: .ms(2_000)) == 2)
    #expect(bench.machine.wake == .ms(2_000))
    let running = bench.machine.begin(at: .ms(2_000), chance: bench.chance)
    #expect(running?.number == 2)
    #expect(bench.machine.want(at: .ms(2_100)) == 3)
    _ = bench.machine.end(.healthy, at: .ms(2_200))
    #expect(bench.machine.begin(at: .ms(2_200), chance: bench.chance)?.number == 3)
  }

  @Test(
    "S2: new settings keep the counters; the next probe is at the earlier of the old time and the new",
    arguments: [(5_000, 5_000), (30_000, 10_000), (10_000, 10_000)] as [(UInt64, UInt64)])
  func reload(every: UInt64, next: UInt64) {
    var bench = CheckBench(CheckBench.settings(unhealthyAfter: 3))
    bench.answer(bad)
    bench.machine.update(CheckBench.settings(every: .milliseconds(Int64(every)), unhealthyAfter: 2))
    #expect(bench.machine.status == .unknown, "judged at the next answer")
    #expect(bench.machine.wake == .ms(next))
    #expect(bench.answer(bad) == .unhealthy)
  }

  @Test("S2: a running probe gets the new timeout")
  func reloadWhileRunning() {
    var machine = HealthCheckMachine(CheckBench.settings(), at: .ms(0))
    _ = machine.begin(at: .ms(0), chance: Chance(seed: 0))
    machine.update(CheckBench.settings(timeout: .milliseconds(200)))
    #expect(machine.wake == .ms(200))
  }

  @Test("C2: for any answers, a status is one that all of the last answers bear out", arguments: 1...200)
  func anyAnswers(_ seed: Int) throws {
    let chance = Chance(seed: UInt64(seed))
    let (bad, good) = (Int(chance.draw(1...4)), Int(chance.draw(1...4)))
    var bench = CheckBench(CheckBench.settings(unhealthyAfter: bad, healthyAfter: good), seed: UInt64(seed))
    var history: [HealthStatus] = []
    for step in 0..<200 {
      let before = bench.machine.status
      let report = [HealthReport.healthy, slow, .unhealthy("down")][Int(chance.draw(0...2))]
      bench.answer(report)
      history.append(report.status)
      let place: Comment = "seed \(seed), step \(step), after \(bad)/\(good): \(history.suffix(6))"
      let after = bench.machine.status
      try #require(after == CheckModel.status(before, history, bad, good), place)
    }
  }

  @Test("Settings and instants that make no sense never trap", arguments: 1...60)
  func absurd(_ seed: Int) {
    let chance = Chance(seed: UInt64(seed))
    func time() -> Duration {
      [.seconds(Int64.min), .zero, .nanoseconds(1), .seconds(1), .seconds(Int64.max)][Int(chance.draw(0...4))]
    }
    func count() -> Int { [Int.min, -1, 0, 1, 2, .max][Int(chance.draw(0...5))] }
    func settings() -> HealthCheckSettings {
      HealthCheckSettings(
        every: time(), timeout: time(), jitter: [.zero, .one, .percent(20)][Int(chance.draw(0...2))],
        degradedAbove: time(), unhealthyAfter: count(), healthyAfter: count())
    }
    var machine = HealthCheckMachine(settings(), at: Instant(nanoseconds: chance.next()))
    for _ in 0..<200 {
      let now = Instant(nanoseconds: [0, 1, 1 << 62, .max][Int(chance.draw(0...3))])
      switch chance.draw(0...4) {
      case 0: _ = machine.begin(at: now, chance: chance)
      case 1: _ = machine.end(chance.draw(0...1) == 0 ? nil : .healthy, at: now)
      case 2: _ = machine.countOverdue(at: now)
      case 3: machine.update(settings())
      default: _ = machine.want(at: now)
      }
      _ = machine.wake
    }
  }
}

/// The rule of C2, told as plainly as possible.
private enum CheckModel {
  static func status(_ old: HealthStatus, _ history: [HealthStatus], _ bad: Int, _ good: Int) -> HealthStatus {
    let rank: [HealthStatus: Int] = [.healthy: 0, .degraded: 1, .unhealthy: 2]
    let all = history.compactMap { rank[$0] }
    let last = all.suffix(bad)
    // As bad as the mildest of the last answers, if that is worse.
    if last.count == bad, let mildest = last.min(), let old = rank[old] ?? (mildest == 2 ? 0 : nil), mildest > old {
      return mildest == 2 ? .unhealthy : .degraded
    }
    let good = old == .unknown ? 1 : good
    let recent = all.suffix(good)
    // As good as the worst of the last answers, if that is better.
    if recent.count == good, let worst = recent.max(), worst < rank[old] ?? 2 {
      return worst == 0 ? .healthy : .degraded
    }
    return old
  }
}
