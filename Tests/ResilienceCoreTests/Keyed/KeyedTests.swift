import ResilienceCore
import Synchronization
import Testing

@Suite struct KeyedTests {
  private static func breaker(_ key: String?, failures: Int = 1) -> CircuitBreaker {
    CircuitBreaker(
      key.map { "db{tenant=\($0)}" } ?? "db", CircuitBreakerSettings(failures: failures, open: .seconds(1)))
  }

  private func keyed(capacity: Int) -> Keyed<CircuitBreaker> {
    Keyed(capacity: capacity, isIdle: { $0.state == .closed }, make: { Self.breaker($0) })
  }

  @Test("A key has one mechanism, and calls without the label share another")
  func oneEach() {
    let keyed = keyed(capacity: 10)
    #expect(keyed.instance(for: "a") === keyed.instance(for: "a"))
    #expect(keyed.instance(for: "a") !== keyed.instance(for: "b"))
    #expect(keyed.instance(for: nil) === keyed.shared)
    #expect(keyed.instance(for: "a").name == "db{tenant=a}")
    #expect(keyed.count == 2)
  }

  @Test("B15: above the cap the idle key that was used longest ago goes")
  func evictsOldest() {
    let keyed = keyed(capacity: 3)
    let kept = ["a", "b", "c"].map { keyed.instance(for: $0) }
    _ = keyed.instance(for: "a")
    _ = keyed.instance(for: "d")
    #expect(keyed.count == 3)
    #expect(keyed.instance(for: "a") === kept[0])
    #expect(keyed.instance(for: "c") === kept[2])
    #expect(keyed.instance(for: "b") !== kept[1])
  }

  @Test("B15: a key that is not closed is never evicted")
  func keepsOpen() throws {
    let keyed = keyed(capacity: 2)
    let open = keyed.instance(for: "open")
    _ = open.isolate(at: Instant(nanoseconds: 0))
    for number in 0..<100 { _ = keyed.instance(for: "\(number)") }
    #expect(keyed.instance(for: "open") === open)
    #expect(keyed.count == 2)

    for name in ["x", "y", "z"] { _ = keyed.instance(for: name).isolate(at: Instant(nanoseconds: 0)) }
    #expect(keyed.count == 4, "rather too many than one forgotten")
  }

  @Test("B15: above the cap of 10,000 keys a million more need no more room, and what goes is released")
  func manyKeys() {
    let host = BreakerHost(chance: Chance(seed: 1))
    let numbers = BreakerNumbers(.standard)
    let now = Instant(nanoseconds: 0)
    let keyed = Keyed<CircuitBreaker>(
      retention: { $0.retention(at: now) }, make: { CircuitBreaker($0 ?? "db", numbers, host: host) })
    weak let first = keyed.instance(for: "0")
    for number in 1..<1_000_000 { _ = keyed.instance(for: "\(number)") }
    #expect(keyed.count == 10_000)
    #expect(first == nil)
  }

  @Test("B15: thousands that are not closed cost each new key no more than a few looks")
  func boundedLooks() {
    let looks = SharedCount()
    let keyed = Keyed<CircuitBreaker>(
      capacity: 10_000,
      retention: {
        looks.add()
        return $0.retention(at: Instant(nanoseconds: 0))
      }, make: { Self.breaker($0) })
    for number in 0..<10_000 { _ = keyed.instance(for: "open \(number)").isolate(at: Instant(nanoseconds: 0)) }
    for number in 0..<100 {
      let before = looks.value
      _ = keyed.instance(for: "new \(number)")
      #expect(looks.value - before <= Keyed<CircuitBreaker>.mostLooks)
    }
    #expect(keyed.count == 10_100, "none of them is closed yet when it would have to go")
    for number in 0..<10_000 { _ = keyed.instance(for: "open \(number)").close(at: Instant(nanoseconds: 0)) }
    for number in 0..<20 { _ = keyed.instance(for: "newer \(number)") }
    #expect(keyed.count == 10_000, "room that was needed above the cap comes back")
  }

  @Test("B15: a key that remembers failures goes after those that remember none, and before one that is open")
  func valuedGoLater() {
    let keyed = Keyed<CircuitBreaker>(
      capacity: 4, retention: { $0.retention(at: Instant(nanoseconds: 0)) }, make: { Self.breaker($0, failures: 2) })
    func fail(_ key: String) {
      let bench = BreakerBench(keyed.instance(for: key))
      bench.end(bench.tryAdmit().running, .failure)
    }
    let failing = keyed.instance(for: "failing")
    let open = keyed.instance(for: "open")
    fail("failing")
    fail("open")
    fail("open")
    for number in 0..<100 { _ = keyed.instance(for: "\(number)") }
    #expect(keyed.instance(for: "failing") === failing)
    for number in 0..<100 { fail("failing \(number)") }
    #expect(keyed.instance(for: "failing") !== failing)
    #expect(keyed.instance(for: "open") === open)
    #expect(keyed.count == 4)
  }

  @Test("B15: what a call brings to a breaker that has gone harms nobody")
  func permitOfEvicted() throws {
    let keyed = keyed(capacity: 1)
    let old = BreakerBench(keyed.instance(for: "a"))
    let running = try old.admit()
    _ = keyed.instance(for: "b")
    let new = keyed.instance(for: "a")
    #expect(new !== old.breaker)
    #expect(old.end(running, .failure) != nil)
    #expect(old.breaker.state == .open)
    #expect(new.state == .closed)
  }

  @Test("Each mechanism is visited once, the shared one too")
  func visitAll() {
    let keyed = keyed(capacity: 5)
    for name in ["a", "b", "c"] { _ = keyed.instance(for: name) }
    var names: [String] = []
    keyed.visitAll { names.append($0.name) }
    #expect(names.sorted() == ["db", "db{tenant=a}", "db{tenant=b}", "db{tenant=c}"])
  }

  @Test("Reload, keyed: each mechanism is changed once, and new keys get the new numbers")
  func update() {
    let keyed = keyed(capacity: 10)
    _ = keyed.instance(for: "a")
    var changed: [String] = []
    keyed.update(make: { Self.breaker($0, failures: 7) }, { changed.append($0.name) })
    #expect(changed == ["db", "db{tenant=a}"])
    let new = keyed.instance(for: "b")
    let bench = BreakerBench(new)
    for _ in 0..<6 { bench.end(bench.tryAdmit().running, .failure) }
    #expect(new.state == .closed)
    bench.end(bench.tryAdmit().running, .failure)
    #expect(new.state == .open)
  }

  @Test("Reload, keyed: a mechanism that was being made in the old way meanwhile is made again")
  func updateWhileMaking() {
    let keyed = Keyed<CircuitBreaker>(
      isIdle: { _ in true },
      make: { key in
        if let key { Self.reload?(key) }
        return Self.breaker(key)
      })
    let new = Self.$reload.withValue(
      { _ in keyed.update(make: { _ in Self.breaker("new") }, { _ in }) },
      operation: { keyed.instance(for: "a") })
    #expect(new.name == "db{tenant=new}")
  }

  @Test("A gate, keyed: a mechanism that was being made while breakers began to be held is made again")
  func renewWhileMaking() {
    let isHeld = Mutex(false)
    let keyed = Keyed<CircuitBreaker>(
      isIdle: { _ in true },
      make: { key in
        let name = isHeld.withLock { $0 } ? "held" : key
        if let key { Self.reload?(key) }
        return Self.breaker(name)
      })
    let hold: @Sendable (String) -> Void = { _ in
      guard
        isHeld.withLock({ isHeld in
          defer { isHeld = true }
          return !isHeld
        })
      else { return }
      keyed.renew { _ in }
    }
    let new = Self.$reload.withValue(hold, operation: { keyed.instance(for: "a") })
    #expect(new.name == "db{tenant=held}")
  }

  @TaskLocal private static var reload: (@Sendable (String) -> Void)?

  @Test("Agrees with a list in the order of use", arguments: 1...20)
  func agreesWithList(_ seed: Int) {
    let chance = Chance(seed: UInt64(seed))
    let keyed = keyed(capacity: 5)
    var order: [(key: String, breaker: CircuitBreaker)] = []
    for step in 0..<1_000 {
      let key = "\(chance.draw(0...11))"
      let breaker = keyed.instance(for: key)
      if let known = order.firstIndex(where: { $0.key == key }) {
        guard breaker === order.remove(at: known).breaker else {
          Issue.record("seed \(seed), step \(step)")
          return
        }
      } else {
        for _ in 0..<min(8, order.count) where order.count >= 5 {
          let oldest = order.removeFirst()
          if oldest.breaker.state != .closed { order.append(oldest) }
        }
      }
      order.append((key, breaker))
      if chance.draw(0...9) == 0 { _ = breaker.isolate(at: Instant(nanoseconds: 0)) }
      if chance.draw(0...9) == 0 { _ = order.randomElement(chance)?.breaker.close(at: Instant(nanoseconds: 0)) }
      guard keyed.count == order.count else {
        Issue.record("seed \(seed), step \(step)")
        return
      }
    }
  }
}
