import PolicyCompiler
import ResilienceCore
import Testing

/// A file with one breaker, by its name and its scope.
private func policies(_ name: String, _ scope: String, renamedFrom old: String? = nil) -> String {
  """
  version: 1
  breakers:
    \(name): {\(old.map { "renamedFrom: \($0), " } ?? "")failures: 1, open: 1h, scope: \(scope)}
  operations:
    a: {layers: [{breaker: \(name)}]}
    b: {layers: [{breaker: \(name)}]}

  """
}

@Suite("Gates")
struct BreakerGateTests {
  private static let scopes = ["shared", "operation", "{key: tenant}", "{key: user}"]
  private static let holders = ["store", "cache", "queue"]

  @Test(
    "In any order of holds, releases, reloads and new keys, a breaker is held exactly as long as somebody holds it",
    arguments: 0..<100)
  func model(seed: Int) throws {
    let chance = Chance(seed: UInt64(seed))
    var (name, scope) = ("database", "shared")
    var graph = try compile(policies(name, scope))
    var gate = try #require(graph.gate(to: name))
    var holding: Set<String> = []
    var steps: [String] = []
    let now = Instant(nanoseconds: 0)
    for _ in 0..<60 {
      let holder = Self.holders[Int(chance.draw(0...2))]
      switch chance.draw(0...6) {
      case 0, 1:
        steps.append("hold by \(holder)")
        _ = gate.hold(by: holder, at: now)
        holding.insert(holder)
      case 2, 3:
        steps.append("release by \(holder)")
        _ = gate.release(by: holder, at: now)
        holding.remove(holder)
      case 4:
        let key = "\(chance.draw(0...4))"
        steps.append("key \(key)")
        _ = graph.breaker(name, key: scope.hasPrefix("{") ? key : scope == "operation" ? "a" : nil)
      default:
        let old = name
        if chance.draw(0...2) == 0 { name = name == "database" ? "store" : "database" }
        scope = Self.scopes[Int(chance.draw(0...3))]
        steps.append("reload as \(name), \(scope)")
        graph = try compile(policies(name, scope, renamedFrom: old == name ? nil : old), following: graph)
        graph.takeOver(at: now)
        let next = try #require(graph.gate(to: name))
        #expect(next.isSame(as: gate))
        gate = next
      }
      let wrong = graph.breakers.filter { ($0.state == .isolated) != !holding.isEmpty }.map { "\($0.name) \($0.state)" }
      #expect(wrong == [], "seed \(seed), held by \(holding.sorted()): \(steps.joined(separator: ", "))")
      if !wrong.isEmpty { return }
    }
  }
}
