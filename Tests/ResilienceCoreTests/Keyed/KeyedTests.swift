import ResilienceCore
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

  @Test("The usual cap is 10,000 keys, and more keys need no more room")
  func manyKeys() {
    let settings = RetryBudgetSettings(ratio: .zero)
    let keyed = Keyed<RetryBudget>(isIdle: { _ in true }, make: { RetryBudget($0 ?? "", settings) })
    for number in 0..<60_000 { _ = keyed.instance(for: "\(number)") }
    #expect(keyed.count == 10_000)
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
