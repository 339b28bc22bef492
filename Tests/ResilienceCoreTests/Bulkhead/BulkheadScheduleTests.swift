import ResilienceCore
import Testing

@Suite struct BulkheadScheduleTests {
  @Test("K1, K2: in any schedule no more run than the limit allowed, and every place comes back", arguments: 1...60)
  func schedule(_ seed: Int) throws {
    let chance = Chance(seed: UInt64(seed))
    var limit = Int(chance.draw(1...6))
    let order: BulkheadSettings.Order = chance.draw(0...1) == 0 ? .fifo : .lifo
    let bulkhead = Bulkhead("b", BulkheadSettings(concurrent: limit, queue: 4, order: order))
    let granted = SharedCount()
    var running = 0
    var waiting: [Waiter] = []
    for step in 0..<1_500 {
      let before = running + granted.take()
      running = before
      switch chance.draw(0...9) {
      case 0...3:
        let entry = bulkhead.enter(
          at: Instant(nanoseconds: 0), waiter: { Waiter { granted.add() } })
        switch entry {
        case .admitted:
          running += 1
          try #require(running <= limit, "seed \(seed), step \(step)")
        case .queued(let waiter, _): waiting.append(waiter)
        case .full: try #require(running >= limit, "seed \(seed), step \(step)")
        }
      case 4...6:
        guard running > 0 else { continue }
        running -= 1
        bulkhead.leave()
      case 7...8:
        guard !waiting.isEmpty else { continue }
        let waiter = waiting.remove(at: Int(chance.draw(0...UInt64(waiting.count - 1))))
        if waiter.giveUp(), chance.draw(0...3) > 0 { bulkhead.withdraw(waiter) }
      default:
        limit = Int(chance.draw(1...6))
        bulkhead.update(BulkheadSettings(concurrent: limit, queue: Int(chance.draw(0...6)), order: order))
      }
      let now = running + granted.value
      try #require(now <= max(before, limit), "seed \(seed), step \(step)")
      try #require(bulkhead.inUse == now, "seed \(seed), step \(step)")
    }
    running += granted.take()
    for waiter in waiting where waiter.giveUp() { bulkhead.withdraw(waiter) }
    for _ in 0..<running { bulkhead.leave() }
    #expect(bulkhead.inUse == 0, "seed \(seed)")
    #expect(bulkhead.queued == 0, "seed \(seed)")
  }

  @Test("K1: with many threads no more run than the limit, and nothing is lost")
  func threads() async {
    let bulkhead = Bulkhead("b", BulkheadSettings(concurrent: 3, queue: 8))
    let running = SharedCount()
    let most = SharedCount()
    let ran = SharedCount()
    @Sendable func run() {
      let now = running.add()
      most.raise(to: now)
      ran.add()
      running.add(-1)
      bulkhead.leave()
    }
    await onWorkers { worker in
      let chance = Chance(seed: UInt64(worker))
      for _ in 0..<3_000 {
        switch bulkhead.enter(at: Instant(nanoseconds: 0), waiter: { Waiter { run() } }) {
        case .admitted: run()
        case .queued(let waiter, _):
          if chance.draw(0...3) == 0, waiter.giveUp() { bulkhead.withdraw(waiter) }
        case .full: break
        }
      }
    }
    #expect(most.value <= 3)
    #expect(ran.value > 0)
    #expect(bulkhead.inUse == 0)
    #expect(bulkhead.queued == 0)
  }
}
