import PolicyCompiler
import Testing

private let before = """
  version: 1
  errors:
    transient: {match: [{http: [503]}]}
    caller: {match: [{http: [400]}], breaker: ignore}
  breakers:
    database: {failures: 5, open: 60s}
    cache: {failures: 5, open: 60s, handle: [transient]}
  retries:
    standard: {attempts: 3, backoff: 100ms}
  fallbacks:
    empty: {value: {items: [1, "2"]}}
  pipelines:
    read: [{deadline: 2s}, {retry: standard}, {breaker: database}, {timeout: 500ms}]
    look: [{fallback: empty}, {deadline: 1s}, {breaker: cache}]
  operations:
    users.get: {pipeline: read, owner: team-a}
    users.list: look
    users.find: look

  """

@Suite("What changes between two graphs")
struct GraphDifferenceTests {
  private func difference(to text: String) throws -> GraphDifference {
    let old = try compile(before)
    return GraphDifference(from: old, to: try compile(text, following: old))
  }

  private func section(_ name: String, of difference: GraphDifference) throws -> GraphDifference.Section {
    try #require(difference.sections.first { $0.name == name })
  }

  @Test("S3: the same file changes nothing, however it is written")
  func nothing() throws {
    let rewritten =
      before.replacing("{items: [1, \"2\"]}", with: "{items: ['1', 2]}").replacing("2s}", with: "2000ms}")
      .replacing("owner: team-a", with: "owner: team-b")
    let difference = try difference(to: rewritten)
    #expect(difference.operations.isEmpty)
    for section in difference.sections { #expect(section.added + section.changed + section.removed == []) }
    #expect(try section("breakers", of: difference).kept == ["cache", "database"])
  }

  @Test("S3: an order of classes that changes nothing is no change")
  func reordered() throws {
    let classes = "  transient: {match: [{http: [503]}]}\n"
    let moved = before.replacing(classes, with: "").replacing(
      "breaker: ignore}\n", with: "breaker: ignore}\n" + classes)
    let difference = try difference(to: moved)
    for section in difference.sections { #expect(section.added + section.changed + section.removed == []) }
  }

  @Test("S3: added, changed, removed and kept, and what a change means for calls in numbers")
  func changes() throws {
    let difference = try difference(
      to: before.replacing("attempts: 3", with: "attempts: 2").replacing("{deadline: 2s}, ", with: "")
        .replacing("  cache:", with: "  store:").replacing("breaker: cache", with: "breaker: store")
        .replacing("users.find: look", with: "users.search: look"))
    #expect(try section("retries", of: difference).changed == ["standard"])
    let breakers = try section("breakers", of: difference)
    #expect((breakers.added, breakers.removed, breakers.kept) == (["store"], ["cache"], ["database"]))
    #expect(try section("pipelines", of: difference).changed == ["look", "read"])
    let words = difference.operations.map { "\($0.name): \($0.before?.inWords ?? "-"), \($0.after?.inWords ?? "-")" }
    #expect(
      words == [
        "users.find: at most 1s and 1 attempt, -",
        "users.get: at most 1.7s and 3 attempts, at most 1.1s and 2 attempts",
        "users.list: at most 1s and 1 attempt, at most 1s and 1 attempt",
        "users.search: -, at most 1s and 1 attempt",
      ])
  }

  @Test("S3: health checks and recoveries are compared by what they do")
  func health() throws {
    let checks = """
      healthChecks:
        cache: {probe: {handler: ping}, every: 10s, timeout: 1s}
        store: {probe: {tcp: "store:1"}, every: 10s, timeout: 1s}
      recoveries:
        mend: {when: {healthCheck: cache}, do: [{handler: mend, timeout: 1s}], cooldown: 5m, limit: 3/h}
        page: {when: {overall: true}, do: [{handler: page, timeout: 1s}], cooldown: 5m, limit: 3/h}

      """
    let old = try compile(before + checks)
    let moved = checks.replacing("recoveries", with: "# below\nrecoveries").replacing(
      "every: 10s, timeout: 1s}\n  store", with: "timeout: 1s, every: 10000ms}\n  store")
    for section in GraphDifference(from: old, to: try compile(before + moved, following: old)).sections {
      #expect(section.added + section.changed + section.removed == [])
    }
    let changed = checks.replacing("store:1", with: "store:2").replacing(
      "{handler: mend, timeout: 1s}", with: "{handler: mend, timeout: 2s}")
    let difference = GraphDifference(from: old, to: try compile(before + changed, following: old))
    #expect(try section("healthChecks", of: difference).changed == ["store"])
    #expect(try section("recoveries", of: difference).changed == ["mend"])
  }
}
