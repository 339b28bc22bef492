import PolicyLanguage
import Testing

private func breakers(_ elements: String) -> String {
  """
  version: 1
  breakers: {\(elements)}
  pipelines:
    read: [{deadline: 2s}, {breaker: {failures: 5, open: 60s}}]
  operations:
    users.get: {layers: [{deadline: 2s}, {breaker: orders}]}
    users.put: read

  """
}

@Suite("renamedFrom")
struct RenameTests {
  @Test("An element says what it was called, in its section and in an environment")
  func renames() throws {
    let text =
      breakers("orders: {failures: 5, open: 60s, renamedFrom: database}")
      + "environments: {production: {breakers: {orders: {renamedFrom: store}}}}\n"
    let base = try #require(load(text).document)
    #expect(base.renames.map { [$0.section.rawValue, $0.old, $0.new] } == [["breakers", "database", "orders"]])
    #expect(base.renames.first?.location.line == 2)
    let production = try #require(load(text, environment: "production").document)
    #expect(production.renames.map(\.old) == ["store"])
  }

  @Test("What extends a renamed element was not renamed itself")
  func inherited() throws {
    let text = breakers("base: {failures: 5, open: 60s, renamedFrom: old}, orders: {extends: base, failures: 6}")
    #expect(try #require(load(text).document).renames.map(\.new) == ["base"])
  }

  @Test("RP303: what is still there, what is taken already, and the own name cannot be the old one")
  func errors() {
    let still = breakers("orders: {failures: 5, open: 60s, renamedFrom: base}, base: {failures: 9, open: 60s}")
    #expect(load(still).diagnostics.map(\.brief) == ["RP303:2"])
    let inLayer = breakers("orders: {failures: 5, open: 60s, renamedFrom: read/breaker}")
    #expect(load(inLayer).diagnostics.map(\.brief) == ["RP303:2"])
    let twice = breakers(
      "orders: {failures: 5, open: 60s, renamedFrom: old}, bills: {failures: 6, open: 60s, renamedFrom: old}")
    #expect(load(twice).diagnostics.map(\.brief) == ["RP303:2"])
    let own = breakers("orders: {failures: 5, open: 60s, renamedFrom: orders}")
    #expect(load(own).diagnostics.map(\.brief) == ["RP303:2"])
  }
}
