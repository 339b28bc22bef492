import ResilienceCore
import Testing

@Suite("The race of a hedge")
struct HedgeMachineTests {
  private func race(
    delay: UInt64 = 100, extra: Int = 1, lastStart: UInt64? = nil, end: UInt64? = nil
  ) -> HedgeMachine {
    HedgeMachine(
      at: .milliseconds(0), delay: delay * 1_000_000, extra: extra, lastStart: lastStart.map { .milliseconds($0) },
      end: end.map { .milliseconds($0) })
  }

  @Test("H1: one hedge every `after`, the first success wins, and the others are left running")
  func winner() {
    var race = race(extra: 2)
    #expect(race.advance(at: .milliseconds(0)) { true } == .wait(until: .milliseconds(100)))
    #expect(race.advance(at: .milliseconds(100)) { true } == .start(leg: 1))
    #expect(race.advance(at: .milliseconds(100)) { true } == .wait(until: .milliseconds(200)))
    #expect(race.advance(at: .milliseconds(200)) { true } == .start(leg: 2))
    #expect(race.advance(at: .milliseconds(200)) { true } == .wait(until: nil))
    #expect(race.legEnded(1, .success) == .over(.won(leg: 1)))
    #expect(race.running == [0, 2])
    #expect(race.legEnded(0, .success) == .over(.won(leg: 1)))
    #expect(race.running == [2])
  }

  @Test("H1: a leg that fails is not the end while another runs; when all have failed, the race has")
  func failures() {
    var race = race()
    #expect(race.advance(at: .milliseconds(100)) { true } == .start(leg: 1))
    #expect(race.legEnded(0, .failure) == .wait(until: nil))
    #expect(race.legEnded(1, .failure) == .over(.failed))
    var alone = self.race()
    #expect(alone.legEnded(0, .failure) == .over(.failed))
  }

  @Test("H2: a hedge that is refused is skipped, and the next is due one delay later")
  func refusal() {
    var race = race(extra: 2)
    #expect(race.advance(at: .milliseconds(100)) { false } == .wait(until: .milliseconds(200)))
    #expect(race.advance(at: .milliseconds(200)) { true } == .start(leg: 1))
    #expect(race.advance(at: .milliseconds(900)) { true } == .wait(until: nil))
    #expect(race.running == [0, 1])
  }

  @Test("A late look starts one hedge, not several at once")
  func noBurst() {
    var race = race(extra: 3)
    #expect(race.advance(at: .milliseconds(1_000)) { true } == .start(leg: 1))
    #expect(race.advance(at: .milliseconds(1_000)) { true } == .wait(until: .milliseconds(1_100)))
  }

  @Test("No hedge starts at a limit or after it, and the race ends at one that stops")
  func limits() {
    var observed = race(lastStart: 100)
    #expect(observed.advance(at: .milliseconds(0)) { true } == .wait(until: nil))
    #expect(observed.advance(at: .milliseconds(100)) { true } == .wait(until: nil))
    var ended = race(extra: 3, lastStart: 150, end: 150)
    #expect(ended.advance(at: .milliseconds(100)) { true } == .start(leg: 1))
    #expect(ended.advance(at: .milliseconds(100)) { true } == .wait(until: .milliseconds(150)))
    #expect(ended.advance(at: .milliseconds(150)) { true } == .over(.timedOut))
    #expect(ended.running == [0, 1])
  }

  @Test("H1, T6: in any order of events there is one end, at most one winner, and no start after it", arguments: 1...40)
  func anyOrder(seed: UInt64) {
    let chance = Chance(seed: seed)
    for round in 0..<60 {
      let place = Comment(rawValue: "seed \(seed), round \(round)")
      var run = RandomRace(chance)
      for _ in 0..<40 { run.step(chance) }
      #expect(run.faults == [], place)
    }
  }
}

/// A race that is told random events, and what it answered that it must not.
private struct RandomRace {
  private var machine: HedgeMachine
  private let extra: Int
  private let delay: UInt64
  private let lastStart: UInt64?
  private let end: UInt64?
  private var now: UInt64 = 0
  private var running: Set<Int> = [0]
  private var ended: Set<Int> = []
  private var starts: [UInt64] = [0]
  private var asked = 0
  /// The leg that was asked for last, until the machine hears of it.
  private var unconfirmed: Int? = 0
  private var result: HedgeMachine.Result?
  private var winner: Int?
  private(set) var faults: [String] = []

  init(_ chance: Chance) {
    extra = Int(chance.draw(0...5))
    delay = chance.draw(0...40)
    lastStart = chance.happens(.percent(40)) ? chance.draw(1...200) : nil
    end = chance.happens(.percent(40)) ? max(lastStart ?? 1, chance.draw(1...300)) : nil
    machine = HedgeMachine(
      at: .milliseconds(0), delay: delay * 1_000_000, extra: extra, lastStart: lastStart.map { .milliseconds($0) },
      end: end.map { .milliseconds($0) })
  }

  mutating func step(_ chance: Chance) {
    now += chance.draw(0...30)
    switch chance.draw(0...9) {
    case 0...5: advance(admits: chance.happens(.percent(80)))
    case 6...8: endLeg(Int(chance.draw(0...7)), chance)
    default:
      if result == nil, let unconfirmed { running.remove(unconfirmed) }
      take(machine.cancel(byLimit: chance.happens(.percent(50))), from: "cancel")
    }
  }

  private mutating func advance(admits: Bool) {
    var questions = 0
    unconfirmed = nil
    let step = machine.advance(at: .milliseconds(now)) {
      questions += 1
      return admits
    }
    asked += questions
    if asked > extra { faults.append("asked \(asked) times for \(extra)") }
    if result != nil, questions > 0 { faults.append("asked after the end") }
    take(step, from: "advance")
  }

  private mutating func endLeg(_ leg: Int, _ chance: Chance) {
    let success = chance.happens(.percent(50))
    let late = !success && chance.happens(.percent(20))
    let wasRunning = running.remove(leg) != nil
    if wasRunning { ended.insert(leg) }
    if result == nil, wasRunning, success { winner = leg }
    take(machine.legEnded(leg, success ? .success : late ? .late : .failure), from: "end of \(leg)")
    if result == nil, running.isEmpty { faults.append("goes on with nothing running") }
  }

  private mutating func take(_ step: HedgeMachine.Step, from event: String) {
    switch step {
    case .start(let leg):
      if result != nil { faults.append("start after the end, by \(event)") }
      if leg != starts.count { faults.append("leg \(leg) is not the next") }
      if starts.count > extra { faults.append("more than 1 + \(extra) legs") }
      if let lastStart, now >= lastStart { faults.append("start at \(now), too late") }
      if let last = starts.last, now < last + delay { faults.append("start at \(now), \(delay) after \(last)") }
      starts.append(now)
      running.insert(leg)
      unconfirmed = leg
    case .over(let over):
      if let result, result != over { faults.append("\(over) after \(result)") }
      result = over
      if case .won(let leg) = over, leg != winner { faults.append("\(leg) won, not \(winner ?? -1)") }
    case .wait(let until):
      if result != nil { faults.append("waits after the end") }
      if event == "advance", let until, until <= .milliseconds(now) { faults.append("waits for the past") }
    }
    if Set(machine.running) != running { faults.append("runs \(machine.running), not \(running)") }
  }
}
