import Testing

@testable import ResilienceCore

/// Anything that can happen to an adaptive bulkhead, in some order.
private struct Schedule: CustomStringConvertible {
  enum Step: Hashable {
    case enter
    /// A call ends, and tells how; nothing of a call that says nothing.
    case end(LimitSample.End?, latency: UInt64)
    case giveUp(UInt64, withdraws: Bool)
    case reload(BulkheadSettings)
  }

  var steps: [Step]

  init(seed: UInt64) {
    let chance = Chance(seed: seed)
    steps = (0..<2_500).map { _ in
      switch chance.draw(0...99) {
      case 0...44: .enter
      case 45...89:
        .end(
          [.answered, .answered, .answered, .dropped, nil][Int(chance.draw(0...4))],
          latency: chance.draw(1...40) * 5_000_000)
      case 90...97: .giveUp(chance.draw(0...UInt64.max), withdraws: chance.happens(.percent(70)))
      default: .reload(Self.settings(chance))
      }
    }
  }

  private static func settings(_ chance: Chance) -> BulkheadSettings {
    let order: BulkheadSettings.Order = chance.happens(.percent(50)) ? .fifo : .lifo
    let queue = Int(chance.draw(0...6))
    if chance.happens(.percent(20)) {
      return BulkheadSettings(concurrent: Int(chance.draw(1...9)), queue: queue, order: order)
    }
    let adaptive = AdaptiveLimitSettings(
      min: Int(chance.draw(1...3)), max: Int(chance.draw(1...12)),
      algorithm: chance.happens(.percent(50)) ? .aimd : .gradient)
    return BulkheadSettings(adaptive: adaptive, queue: queue, order: order)
  }

  /// What the first broken rule is, and how often the limit moved by itself.
  func play() -> (broken: String?, moves: Int) {
    let bulkhead = Bulkhead(
      "b", BulkheadSettings(adaptive: AdaptiveLimitSettings(min: 1, max: 6, algorithm: .aimd), queue: 4))
    let granted = SharedCount()
    var now: UInt64 = 1_000_000_000
    var (running, moves) = (0, 0)
    var waiting: [Waiter] = []
    for (index, step) in steps.enumerated() {
      let (before, limit) = (running, bulkhead.limit)
      now += 3_000_000
      switch step {
      case .enter:
        switch bulkhead.enter(at: Instant(nanoseconds: now), waiter: { Waiter { granted.add() } }) {
        case .admitted:
          running += 1
          if running > limit { return ("step \(index): \(running) run under a limit of \(limit)", moves) }
        case .queued(let waiter, _): waiting.append(waiter)
        case .full: if running < limit { return ("step \(index): turned away beside a free place", moves) }
        }
      case .end(let end, let latency):
        guard running > 0 else { continue }
        let started = Instant(nanoseconds: now.subtractingSaturated(latency))
        if let end, bulkhead.note(end, started: started, ended: Instant(nanoseconds: now)) != nil { moves += 1 }
        running += granted.take() - 1
        bulkhead.leave()
      case .giveUp(let choice, let withdraws):
        guard !waiting.isEmpty else { continue }
        let waiter = waiting.remove(at: Int(choice % UInt64(waiting.count)))
        if waiter.giveUp(), withdraws { bulkhead.withdraw(waiter) }
      case .reload(let settings): bulkhead.update(settings)
      }
      running += granted.take()
      if running > max(before, limit, bulkhead.limit) { return ("step \(index): \(running) run", moves) }
      if bulkhead.inUse != running { return ("step \(index): \(bulkhead.inUse) in use, \(running) run", moves) }
      if bulkhead.queued > 0, running < bulkhead.limit {
        return ("step \(index): a free place, and somebody waits", moves)
      }
    }
    for waiter in waiting where waiter.giveUp() { bulkhead.withdraw(waiter) }
    for _ in 0..<running { bulkhead.leave() }
    return (bulkhead.inUse == 0 && bulkhead.queued == 0 ? nil : "not everything came home", moves)
  }

  /// Leaves out what is not needed to break a rule.
  var shrunk: Schedule {
    var best = self
    var size = best.steps.count / 2
    while size > 0 {
      var start = 0
      while start + size <= best.steps.count {
        var next = best
        next.steps.removeSubrange(start..<(start + size))
        if next.play().broken == nil { start += size } else { best = next }
      }
      size /= 2
    }
    return best
  }

  var description: String { "\(play().broken ?? "fine"): \(steps)" }
}

@Suite("Adaptive bulkheads in any order of events")
struct AdaptiveScheduleTests {
  @Test(
    "K1, K2: no more run than the limit that was in force, nobody is evicted, no free place beside somebody who waits",
    arguments: 1...60 as ClosedRange<UInt64>)
  func schedule(seed: UInt64) {
    let schedule = Schedule(seed: seed)
    let (broken, moves) = schedule.play()
    if broken != nil { Issue.record("seed \(seed): \(schedule.shrunk)") }
    #expect(moves > 0, "seed \(seed)")
  }

  @Test("K1, B35: with many threads and a limit that moves no more run than it allows, and nothing is lost")
  func threads() async {
    let bulkhead = Bulkhead(
      "b", BulkheadSettings(adaptive: AdaptiveLimitSettings(min: 1, max: 4, algorithm: .aimd), queue: 8, order: .lifo))
    let running = SharedCount()
    let most = SharedCount()
    let ran = SharedCount()
    @Sendable func run(_ number: Int) {
      most.raise(to: running.add())
      ran.add()
      running.add(-1)
      let now = UInt64(ran.value) * 1_000_000
      _ = bulkhead.note(
        number.isMultiple(of: 7) ? .dropped : .answered, started: Instant(nanoseconds: now.subtractingSaturated(50)),
        ended: Instant(nanoseconds: now))
      bulkhead.leave()
    }
    await onWorkers { worker in
      let chance = Chance(seed: UInt64(worker))
      for number in 0..<3_000 {
        switch bulkhead.enter(at: Instant(nanoseconds: 0), waiter: { Waiter { run(number) } }) {
        case .admitted: run(number)
        case .queued(let waiter, _):
          if chance.draw(0...3) == 0, waiter.giveUp() { bulkhead.withdraw(waiter) }
        case .full: break
        }
      }
    }
    #expect(most.value <= 4)
    #expect(ran.value > 0)
    #expect(bulkhead.inUse == 0)
    #expect(bulkhead.queued == 0)
  }
}
