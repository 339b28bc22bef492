import ResilienceCore
import Testing

@Suite("Places that threads keep")
struct KeptPlacesTests {
  private static func bulkhead(_ limit: Int, queue: Int = 0) -> Bulkhead {
    let bulkhead = Bulkhead("b", BulkheadSettings(concurrent: limit, queue: queue))
    bulkhead.beginKeeping()
    return bulkhead
  }

  @Test("K1: as many calls run as may, and not one more", arguments: [1, 2, 3, 100])
  func limit(_ limit: Int) {
    let bulkhead = Self.bulkhead(limit)
    for round in 1...3 {
      for number in 1...limit {
        #expect(bulkhead.enterPassively(), "round \(round), call \(number)")
        #expect(bulkhead.inUse == number)
      }
      #expect(!bulkhead.enterPassively(), "round \(round)")
      for number in 1...limit {
        #expect(bulkhead.leavePassively())
        #expect(bulkhead.inUse == limit - number)
      }
      bulkhead.beginKeeping()
    }
  }

  @Test("K1: a place that a thread keeps is there for who comes on another way", arguments: [1, 2, 3, 100])
  func othersFindThem(_ limit: Int) {
    let bulkhead = Self.bulkhead(limit)
    for _ in 0..<limit { #expect(bulkhead.enterPassively()) }
    for _ in 0..<limit { #expect(bulkhead.leavePassively()) }
    for number in 1...limit { #expect(bulkhead.tryEnter(), "call \(number)") }
    #expect(!bulkhead.tryEnter())
    for _ in 0..<limit { bulkhead.leave() }
    #expect(bulkhead.inUse == 0)
  }

  @Test("K1: whoever waits gets the place that a thread would keep otherwise")
  func waitersGetThem() {
    let bulkhead = Self.bulkhead(1, queue: 2)
    #expect(bulkhead.enterPassively())
    let granted = Log()
    for number in 1...2 {
      guard case .queued = bulkhead.enter(at: Instant(nanoseconds: 0), waiter: { Waiter { granted.add(number) } })
      else {
        Issue.record("call \(number) does not wait")
        return
      }
    }
    // Not kept, and not left: the next in the queue has it now.
    if !bulkhead.leavePassively() { bulkhead.leave() }
    #expect(granted.take() == [1])
    bulkhead.beginKeeping()
    bulkhead.leave()
    #expect(granted.take() == [2])
    bulkhead.leave()
    #expect(bulkhead.inUse == 0)
  }

  @Test("K2: a lower limit counts the calls that run, not what a thread keeps")
  func lowerLimit() {
    let bulkhead = Self.bulkhead(100)
    for _ in 0..<10 { #expect(bulkhead.enterPassively()) }
    bulkhead.update(BulkheadSettings(concurrent: 5))
    #expect(bulkhead.inUse == 10)
    for _ in 0..<6 { #expect(bulkhead.leavePassively()) }
    #expect(bulkhead.inUse == 4)
    bulkhead.beginKeeping()
    #expect(bulkhead.enterPassively())
    #expect(!bulkhead.enterPassively())
  }

  @Test("Threads begin to keep places after some thousand calls, and it shows in nothing")
  func beginsByItself() {
    let bulkhead = Bulkhead("b", BulkheadSettings(concurrent: 2))
    for call in 0..<40_000 {
      guard bulkhead.enterPassively(), bulkhead.inUse == 1, bulkhead.leavePassively(), bulkhead.inUse == 0 else {
        Issue.record("call \(call)")
        return
      }
    }
    #expect(bulkhead.tryEnter() && bulkhead.tryEnter())
    #expect(!bulkhead.tryEnter())
  }

  @Test(
    "K1: in any order of calls on both ways, and of new limits, as many are in as came and did not go",
    arguments: 1...60)
  func schedule(_ seed: Int) throws {
    let chance = Chance(seed: UInt64(seed))
    var limit = Int(chance.draw(1...200))
    let bulkhead = Bulkhead("b", BulkheadSettings(concurrent: limit))
    var running = 0
    for step in 0..<2_000 {
      let what: Comment = "seed \(seed), step \(step)"
      switch chance.draw(0...11) {
      case 0...3: try enter(running < limit, what) { bulkhead.enterPassively() }
      case 4: try enter(running < limit, what) { bulkhead.tryEnter() }
      case 5...8:
        guard running > 0 else { continue }
        running -= 1
        if !bulkhead.leavePassively() { bulkhead.leave() }
      case 9:
        guard running > 0 else { continue }
        running -= 1
        bulkhead.leave()
      case 10: bulkhead.beginKeeping()
      default:
        guard chance.draw(0...9) == 0 else { continue }
        limit = Int(chance.draw(1...200))
        bulkhead.update(BulkheadSettings(concurrent: limit))
      }
      try #require(bulkhead.inUse == running, what)
    }

    func enter(_ isExpected: Bool, _ what: Comment, by way: () -> Bool) throws {
      try #require(way() == isExpected, what)
      if isExpected { running += 1 }
    }
  }

  @Test(
    "K1: no more run than may when threads come and go, leave for each other, and keeping begins and ends",
    arguments: [1, 2, 7, 64])
  func threads(_ limit: Int) async {
    let bulkhead = Self.bulkhead(limit)
    let running = SharedCount()
    let most = SharedCount()
    // Calls that came in and are left by whichever thread finds them.
    let held = SharedCount()
    let ran = SharedCount()

    @Sendable func leave(_ chance: Chance) {
      running.add(-1)
      if chance.draw(0...7) == 0 || !bulkhead.leavePassively() { bulkhead.leave() }
    }

    await onWorkers { worker in
      let chance = Chance(seed: UInt64(worker + 4 * limit))
      for _ in 0..<20_000 {
        let isIn = chance.draw(0...9) == 0 ? bulkhead.tryEnter() : bulkhead.enterPassively()
        if isIn {
          most.raise(to: running.add())
          ran.add()
          if chance.draw(0...3) == 0 { held.add() } else { leave(chance) }
        }
        if held.value > 0, chance.draw(0...1) == 0 {
          if held.add(-1) >= 0 { leave(chance) } else { held.add() }
        }
        if chance.draw(0...63) == 0 { bulkhead.beginKeeping() }
      }
    }
    while held.add(-1) >= 0 { leave(Chance(seed: 0)) }
    #expect(most.value <= limit)
    #expect(ran.value > 0)
    #expect(bulkhead.inUse == 0)
    for number in 1...limit { #expect(bulkhead.tryEnter(), "place \(number)") }
    #expect(!bulkhead.tryEnter())
  }
}
