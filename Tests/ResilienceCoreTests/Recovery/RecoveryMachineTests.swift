import ResilienceCore
import Testing

private func settings(
  hold: Duration = .seconds(30), cooldown: Duration = .seconds(300), limit: Rate = Rate(3, per: .seconds(3_600)),
  retry: RetrySettings? = nil
) -> RecoverySettings {
  RecoverySettings(hold: hold, cooldown: cooldown, limit: limit, retry: retry)
}

private let retry = RetrySettings(
  attempts: 3, backoff: .exponential(initial: .seconds(1), factor: 2, max: .seconds(10)), jitter: .none)

extension RecoveryMachine {
  /// What to do in a second of the test.
  fileprivate mutating func look(_ holds: Bool, _ second: UInt64) -> Action? {
    look(holds: holds, at: .ms(second * 1_000))
  }

  fileprivate mutating func end(_ succeeded: Bool, _ second: UInt64) -> Action? {
    end(succeeded: succeeded, at: .ms(second * 1_000), chance: Chance(seed: 0))
  }
}

private func isRun(_ action: RecoveryMachine.Action?, attempt: Int = 1) -> Bool {
  if case .run(let run) = action { run.number == attempt } else { false }
}

private func ending(_ action: RecoveryMachine.Action?) -> RecoveryMachine.Ending? {
  if case .finish(_, let ending) = action { ending } else { nil }
}

@Suite("A recovery as a machine")
struct RecoveryMachineTests {
  @Test("V1: it fires when its condition has held for its time without a break")
  func hold() {
    var machine = RecoveryMachine(settings())
    #expect(machine.look(true, 0) == nil)
    #expect(machine.wake == .ms(30_000))
    #expect(machine.look(false, 20) == nil)
    #expect(machine.wake == nil)
    #expect(machine.look(true, 25) == nil)
    #expect(machine.look(true, 54) == nil)
    #expect(isRun(machine.look(true, 55)))
  }

  @Test("V1: without a time it fires at once")
  func atOnce() {
    var machine = RecoveryMachine(settings(hold: .zero))
    #expect(isRun(machine.look(true, 0)))
  }

  @Test("V1: it does not fire again before its condition has cleared, however long it holds")
  func edge() {
    var machine = RecoveryMachine(settings())
    _ = machine.look(true, 0)
    #expect(isRun(machine.look(true, 30)))
    #expect(ending(machine.end(true, 31)) == .recovered)
    for second in stride(from: UInt64(32), to: 100_000, by: 97) { #expect(machine.look(true, second) == nil) }
    #expect(machine.look(false, 100_000) == nil)
    #expect(machine.look(true, 100_001) == nil)
    #expect(isRun(machine.look(true, 100_031)))
  }

  @Test("V1: not again before the cooldown, but then at once if the condition still holds")
  func cooldown() {
    var machine = RecoveryMachine(settings())
    _ = machine.look(true, 0)
    _ = machine.look(true, 30)
    _ = machine.end(true, 40)
    _ = machine.look(false, 41)
    _ = machine.look(true, 50)
    #expect(machine.wake == .ms(340_000))
    #expect(machine.look(true, 339) == nil)
    #expect(isRun(machine.look(true, 340)))
  }

  @Test("V1: at most so many in any period of the limit")
  func limit() {
    var machine = RecoveryMachine(settings(hold: .zero, cooldown: .seconds(1), limit: Rate(2, per: .seconds(1_000))))
    var starts: [UInt64] = []
    for second in UInt64(0)..<3_000 {
      if isRun(machine.look(true, second)) {
        starts.append(second)
        _ = machine.end(true, second)
        _ = machine.look(false, second)
      }
    }
    #expect(starts == [0, 1, 1_000, 1_001, 2_000, 2_001])
  }

  @Test("V2: a failure is tried again after the waits of the retry, and then it is exhausted")
  func retries() {
    var machine = RecoveryMachine(settings(hold: .zero, retry: retry))
    #expect(isRun(machine.look(true, 0)))
    #expect(machine.end(false, 1) == nil)
    #expect(machine.wake == .ms(2_000))
    #expect(isRun(machine.look(true, 2), attempt: 2))
    #expect(machine.end(false, 3) == nil)
    #expect(machine.look(true, 4) == nil)
    #expect(isRun(machine.look(true, 5), attempt: 3))
    #expect(ending(machine.end(false, 6)) == .exhausted)
    #expect(machine.look(true, 10_000) == nil)
  }

  @Test("V2: a condition that clears between two attempts ends it, and arms it again")
  func clearsByItself() {
    var machine = RecoveryMachine(settings(hold: .zero, retry: retry))
    _ = machine.look(true, 0)
    _ = machine.end(false, 1)
    #expect(ending(machine.look(false, 2)) == .cleared)
    #expect(machine.look(true, 3) == nil)
    #expect(isRun(machine.look(true, 302)))
  }

  @Test("A condition that cleared while it ran arms it again; its new time counts from when it held again")
  func clearsMeanwhile() {
    var machine = RecoveryMachine(settings(cooldown: .seconds(1)))
    _ = machine.look(true, 0)
    _ = machine.look(true, 30)
    _ = machine.look(false, 35)
    _ = machine.look(true, 37)
    #expect(ending(machine.end(true, 40)) == .recovered)
    #expect(machine.wake == .ms(67_000))
    #expect(isRun(machine.look(true, 67)))
  }

  @Test("S2: new numbers keep cooldown, starts and what was fired: a reload never arms")
  func reload() {
    var machine = RecoveryMachine(settings(hold: .zero))
    _ = machine.look(true, 0)
    _ = machine.end(true, 1)
    machine.update(settings(hold: .zero, cooldown: .seconds(600)))
    #expect(machine.look(true, 10_000) == nil)
    _ = machine.look(false, 10_001)
    machine.update(settings(hold: .zero, cooldown: .seconds(20_000)))
    #expect(machine.look(true, 10_002) == nil)
    #expect(machine.wake == .ms(20_001_000))
  }

  @Test("An attempt that the program's end cuts short neither helped nor failed")
  func interrupted() {
    var machine = RecoveryMachine(settings(hold: .zero, cooldown: .seconds(60)))
    _ = machine.look(true, 0)
    machine.interrupt(at: .ms(1_000))
    #expect(machine.look(true, 60) == nil)
    #expect(isRun(machine.look(true, 61)))
  }

  @Test("V1: whatever happens when, starts keep hold, cooldown, limit and the need to clear", arguments: 1...150)
  func anySchedule(_ seed: Int) throws {
    let chance = Chance(seed: UInt64(seed))
    let (hold, cooldown, period) = (chance.draw(0...20), chance.draw(1...60), chance.draw(10...400))
    let count = Int(chance.draw(1...4))
    var machine = RecoveryMachine(
      settings(
        hold: .seconds(Int64(hold)), cooldown: .seconds(Int64(cooldown)),
        limit: Rate(count, per: .seconds(Int64(period))), retry: chance.draw(0...1) == 0 ? retry : nil))
    var world = World(hold: hold, cooldown: cooldown, period: period, count: count)
    var holds = false
    for second in UInt64(0)..<2_000 {
      if chance.draw(0...9) == 0 { holds.toggle() }
      world.note(holds, at: second)
      var action = machine.look(holds, second)
      try world.take(action, at: second, "seed \(seed), second \(second)")
      if world.isRunning, chance.draw(0...2) == 0 {
        action = machine.end(chance.draw(0...1) == 0, second)
        world.isRunning = false
        try world.take(action, at: second, "seed \(seed), second \(second)")
      }
    }
    #expect(world.starts.count > 0 || !world.everHeld, "seed \(seed)")
  }
}

/// What is true of a recovery's starts, told from outside.
private struct World {
  let hold, cooldown, period: UInt64
  let count: Int
  var isRunning = false
  var starts: [UInt64] = []
  private var heldSince: UInt64?
  private var lastEnd: UInt64?
  private var hasClearedSinceStart = true
  private(set) var everHeld = false

  init(hold: UInt64, cooldown: UInt64, period: UInt64, count: Int) {
    (self.hold, self.cooldown, self.period, self.count) = (hold, cooldown, period, count)
  }

  mutating func note(_ holds: Bool, at second: UInt64) {
    if !holds {
      heldSince = nil
      hasClearedSinceStart = true
    } else if heldSince == nil {
      heldSince = second
    }
    if let heldSince, second - heldSince > hold { everHeld = true }
  }

  mutating func take(_ action: RecoveryMachine.Action?, at second: UInt64, _ place: Comment) throws {
    switch action {
    case .run(let attempt):
      try #require(!isRunning, place)
      isRunning = true
      guard attempt.number == 1 else { return }
      try #require(second - (heldSince ?? .max) >= hold, place)
      try #require(lastEnd.map { second - $0 >= cooldown } ?? true, place)
      try #require(hasClearedSinceStart, place)
      try #require(starts.count { second - $0 < period } < count, place)
      starts.append(second)
      hasClearedSinceStart = false
    case .finish: lastEnd = second
    case nil: break
    }
  }
}
