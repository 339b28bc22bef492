import ResilienceCore
import Testing

@Suite struct BulkheadTests {
  private let now = Instant(nanoseconds: 0)

  private func bulkhead(_ concurrent: Int, queue: Int = 0, order: BulkheadSettings.Order = .fifo) -> Bulkhead {
    Bulkhead("payments", BulkheadSettings(concurrent: concurrent, queue: queue, order: order))
  }

  private func isAdmitted(_ bulkhead: Bulkhead) -> Bool {
    if case .admitted = bulkhead.enter(at: now, waiter: { Waiter() }) { true } else { false }
  }

  /// Queues a caller that adds `number` to `log` when it is let in.
  private func queue(_ number: Int, _ bulkhead: Bulkhead, _ log: Log = Log()) throws -> Waiter {
    guard case .queued(let waiter, _) = bulkhead.enter(at: now, waiter: { Waiter { log.add(number) } }) else {
      throw NotQueued()
    }
    return waiter
  }

  private struct NotQueued: Error {}

  @Test("K1: never more than the limit run, and a place that was left is free again")
  func limit() {
    let bulkhead = bulkhead(3)
    for _ in 0..<3 { #expect(isAdmitted(bulkhead)) }
    #expect(!isAdmitted(bulkhead))
    #expect(bulkhead.inUse == 3)
    bulkhead.leave()
    #expect(isAdmitted(bulkhead))
    #expect(!isAdmitted(bulkhead))
  }

  @Test("K1: a full queue turns the newcomer away, and makes nothing for it")
  func fullQueue() throws {
    let bulkhead = bulkhead(1, queue: 1)
    #expect(isAdmitted(bulkhead))
    _ = try queue(1, bulkhead)
    let made = Log()
    let entry = bulkhead.enter(at: now) {
      made.add(1)
      return Waiter()
    }
    guard case .full = entry else {
      Issue.record("not full")
      return
    }
    #expect(made.numbers.isEmpty)
    #expect(bulkhead.queued == 1)
  }

  @Test("K1: the order is as declared", arguments: [(BulkheadSettings.Order.fifo, [1, 2, 3]), (.lifo, [3, 2, 1])])
  func order(_ order: BulkheadSettings.Order, _ expected: [Int]) throws {
    let bulkhead = bulkhead(1, queue: 10, order: order)
    let log = Log()
    #expect(isAdmitted(bulkhead))
    for number in 1...3 { _ = try queue(number, bulkhead, log) }
    for _ in 0..<3 {
      bulkhead.leave()
      #expect(bulkhead.inUse == 1, "the place is handed over, not freed")
    }
    #expect(log.numbers == expected)
    bulkhead.leave()
    #expect(bulkhead.inUse == 0)
  }

  @Test("K1: a newcomer does not overtake the queue")
  func noOvertaking() throws {
    let bulkhead = bulkhead(1, queue: 2)
    let log = Log()
    #expect(isAdmitted(bulkhead))
    _ = try queue(1, bulkhead, log)
    bulkhead.leave()
    _ = try queue(2, bulkhead, log)
    #expect(log.numbers == [1])
  }

  @Test("K1: the wait is counted from entering")
  func wait() {
    let bulkhead = Bulkhead(
      "payments", BulkheadSettings(concurrent: 1, queue: 2, wait: .milliseconds(50)))
    #expect(isAdmitted(bulkhead))
    guard case .queued(_, let until) = bulkhead.enter(at: .milliseconds(20), waiter: { Waiter() }) else {
      Issue.record("not queued")
      return
    }
    #expect(until == .milliseconds(70))
  }

  @Test("K1: ten thousand waiters that gave up hold nothing", arguments: [true, false])
  func gaveUp(_ withdraws: Bool) throws {
    let bulkhead = bulkhead(2, queue: 10_000)
    let log = Log()
    #expect(isAdmitted(bulkhead))
    #expect(isAdmitted(bulkhead))
    for number in 0..<10_000 {
      let waiter = try queue(number, bulkhead, log)
      #expect(waiter.giveUp())
      if withdraws { bulkhead.withdraw(waiter) }
    }
    bulkhead.leave()
    bulkhead.leave()
    #expect(bulkhead.inUse == 0)
    #expect(bulkhead.queued == 0)
    #expect(log.numbers.isEmpty)
    #expect(isAdmitted(bulkhead))
    #expect(isAdmitted(bulkhead))
    #expect(!isAdmitted(bulkhead))
  }

  @Test("K1: a place passes over those who gave up to the first who still waits")
  func passesOver() throws {
    let bulkhead = bulkhead(1, queue: 10)
    let log = Log()
    #expect(isAdmitted(bulkhead))
    let waiters = try (0..<5).map { try queue($0, bulkhead, log) }
    for index in [0, 1, 3] { #expect(waiters[index].giveUp()) }
    bulkhead.withdraw(waiters[1])
    bulkhead.leave()
    bulkhead.leave()
    #expect(log.numbers == [2, 4])
    #expect(bulkhead.inUse == 1)
  }

  @Test("K1: a grant may come back into the bulkhead")
  func reentrant() throws {
    let bulkhead = bulkhead(1, queue: 1)
    #expect(isAdmitted(bulkhead))
    guard case .queued = bulkhead.enter(at: now, waiter: { Waiter { bulkhead.leave() } }) else { throw NotQueued() }
    bulkhead.leave()
    #expect(bulkhead.inUse == 0)
  }

  @Test("K2: a limit lowered under load takes effect as calls end")
  func lowered() throws {
    let bulkhead = bulkhead(4, queue: 4)
    let log = Log()
    for _ in 0..<4 { #expect(isAdmitted(bulkhead)) }
    _ = try queue(1, bulkhead, log)
    bulkhead.update(BulkheadSettings(concurrent: 2, queue: 4))
    #expect(bulkhead.inUse == 4, "nobody is evicted")
    bulkhead.leave()
    bulkhead.leave()
    #expect(bulkhead.inUse == 2)
    #expect(log.numbers.isEmpty)
    bulkhead.leave()
    #expect(log.numbers == [1])
    #expect(bulkhead.inUse == 2)
    #expect(bulkhead.queued == 0)
  }

  @Test("K2: a raised limit lets the queue in at once")
  func raised() throws {
    let bulkhead = bulkhead(1, queue: 5)
    let log = Log()
    #expect(isAdmitted(bulkhead))
    let first = try queue(1, bulkhead, log)
    _ = try queue(2, bulkhead, log)
    _ = try queue(3, bulkhead, log)
    #expect(first.giveUp())
    bulkhead.update(BulkheadSettings(concurrent: 3, queue: 5))
    #expect(log.numbers == [2, 3])
    #expect(bulkhead.inUse == 3)
  }

  @Test("K2: while a raised limit lets the queue in, a newcomer does not overtake it")
  func newcomerWhileRaised() throws {
    let bulkhead = bulkhead(1, queue: 5)
    let log = Log()
    #expect(isAdmitted(bulkhead))
    let newcomer = Waiter {
      log.add(1)
      if bulkhead.tryEnter() { log.add(99) }
    }
    guard case .queued = bulkhead.enter(at: now, waiter: { newcomer }) else { throw NotQueued() }
    _ = try queue(2, bulkhead, log)
    bulkhead.update(BulkheadSettings(concurrent: 3, queue: 5))
    #expect(log.numbers == [1, 2])
    #expect(bulkhead.inUse == 3)
  }

  @Test("K2: a shorter queue evicts nobody")
  func shorterQueue() throws {
    let bulkhead = bulkhead(1, queue: 3)
    #expect(isAdmitted(bulkhead))
    for number in 1...3 { _ = try queue(number, bulkhead) }
    bulkhead.update(BulkheadSettings(concurrent: 1, queue: 1))
    #expect(bulkhead.queued == 3)
    guard case .full = bulkhead.enter(at: now, waiter: { Waiter() }) else {
      Issue.record("not full")
      return
    }
  }

  @Test("Reload, bulkhead removed: its waiters run")
  func removed() throws {
    let bulkhead = bulkhead(1, queue: 5)
    let log = Log()
    #expect(isAdmitted(bulkhead))
    for number in 1...3 { _ = try queue(number, bulkhead, log) }
    bulkhead.releaseWaiters()
    #expect(log.numbers == [1, 2, 3])
    for _ in 0..<4 { bulkhead.leave() }
    #expect(bulkhead.inUse == 0)
  }

  @Test("Limits that make no sense are taken as the nearest that do", arguments: [Int.min, -1, 0])
  func absurd(_ limit: Int) {
    let bulkhead = bulkhead(limit)
    #expect(isAdmitted(bulkhead))
    #expect(!isAdmitted(bulkhead))
    bulkhead.update(BulkheadSettings(concurrent: .max))
    for _ in 0..<100 { #expect(isAdmitted(bulkhead)) }
  }
}
