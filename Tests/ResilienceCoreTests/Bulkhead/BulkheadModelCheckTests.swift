import ResilienceCore
import Testing

/// Every order of a few events, in a small bulkhead.
@Suite struct BulkheadModelCheckTests {
  private enum Event: CaseIterable {
    case enter, leave, giveUpOldest, giveUpNewest, lower, raise
  }

  /// What a bulkhead does when these come one after the other.
  private struct Play {
    let bulkhead: Bulkhead
    let order: BulkheadSettings.Order
    let granted = Log()
    var running = 0
    var waiting: [(number: Int, waiter: Waiter)] = []
    var limit = 1
    var entered = 0

    init(_ order: BulkheadSettings.Order) {
      self.order = order
      bulkhead = Bulkhead("b", BulkheadSettings(concurrent: 1, queue: 2, order: order))
    }

    /// Says what is wrong.
    mutating func step(_ event: Event) -> String? {
      let (before, expected) = (running, waiting.map(\.number))
      switch event {
      case .enter: enter()
      case .leave:
        guard running > 0 else { return nil }
        running -= 1
        bulkhead.leave()
      case .giveUpOldest: giveUp(waiting.first)
      case .giveUpNewest: giveUp(waiting.last)
      case .lower, .raise:
        limit = event == .lower ? 1 : 2
        bulkhead.update(BulkheadSettings(concurrent: limit, queue: 2, order: order))
      }
      return settle(before, order == .fifo ? expected : expected.reversed())
    }

    private mutating func enter() {
      let (granted, number) = (granted, entered)
      entered += 1
      switch bulkhead.enter(at: Instant(nanoseconds: 0), waiter: { Waiter { granted.add(number) } }) {
      case .admitted: running += 1
      case .queued(let waiter, _): waiting.append((number, waiter))
      case .full: break
      }
    }

    private mutating func giveUp(_ one: (number: Int, waiter: Waiter)?) {
      guard let one, one.waiter.giveUp() else { return }
      bulkhead.withdraw(one.waiter)
      waiting.removeAll { $0.number == one.number }
    }

    private mutating func settle(_ before: Int, _ order: [Int]) -> String? {
      let new = granted.take()
      let turn = order.filter { number in waiting.contains { $0.number == number } }
      guard Array(turn.prefix(new.count)) == new else { return "\(new) run before \(turn)" }
      waiting.removeAll { new.contains($0.number) }
      running += new.count
      if running > max(before, limit) { return "\(running) run, limit \(limit)" }
      if running < limit, !waiting.isEmpty { return "somebody waits while there is a place" }
      if bulkhead.inUse != running { return "\(bulkhead.inUse) places are taken, \(running) run" }
      if bulkhead.queued != waiting.count { return "\(bulkhead.queued) wait, not \(waiting.count)" }
      return nil
    }
  }

  @Test(
    "K1, K2: in every order of six events no more run than may, nobody waits beside a free place, and all come back",
    arguments: [BulkheadSettings.Order.fifo, .lifo])
  func everyOrder(_ order: BulkheadSettings.Order) {
    let count = Event.allCases.count
    var sequences = 0
    for code in 0..<(count * count * count * count * count * count) {
      var play = Play(order)
      var rest = code
      for step in 0..<6 {
        let event = Event.allCases[rest % count]
        rest /= count
        guard let fault = play.step(event) else { continue }
        Issue.record("\(fault), order \(code), step \(step): \(event)")
        return
      }
      while let one = play.waiting.popLast() {
        if one.waiter.giveUp() { play.bulkhead.withdraw(one.waiter) }
      }
      for _ in 0..<play.running { play.bulkhead.leave() }
      guard play.bulkhead.inUse == 0, play.bulkhead.queued == 0 else {
        Issue.record("places are lost, order \(code)")
        return
      }
      sequences += 1
    }
    print("model check, bulkhead \(order): \(sequences) orders of six events")
  }
}
