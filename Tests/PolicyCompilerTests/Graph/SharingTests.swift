import PolicyCompiler
import ResilienceCore
import Testing

private let policies = """
  version: 1
  bulkheads:
    all: {concurrent: 1}
    each: {concurrent: 1, scope: operation}
    callee: {concurrent: 1, scope: target}
    tenant: {concurrent: 1, scope: {key: tenant}}
  pipelines:
    all: [{bulkhead: all}, {deadline: 2s}]
    each: [{bulkhead: each}, {deadline: 2s}]
    callee: [{bulkhead: callee}, {deadline: 2s}]
    tenant: [{bulkhead: tenant}, {deadline: 2s}]
    own: [{bulkhead: {concurrent: 1}}, {deadline: 2s}]
    inner: [{bulkhead: {concurrent: 1}}]
    spliced: [{deadline: 2s}, {pipeline: inner}]
    other: [{deadline: 3s}, {pipeline: inner}]
  operations:
    all.a: all
    all.b: all
    each.a: each
    each.b: each
    callee.a: {pipeline: callee, target: store}
    callee.b: {pipeline: callee, target: store}
    callee.c: callee
    tenant.a: tenant
    own.a: own
    own.b: {layers: [{bulkhead: {concurrent: 1}}, {deadline: 2s}]}
    spliced.a: spliced
    spliced.b: other
    spliced.c: {layers: [{deadline: 1s}, {pipeline: inner}]}
    inner.a: inner
    tuned.a: {pipeline: all, tune: {deadline: 1s}}
    tuned.b: {pipeline: all, tune: {bulkhead: each}}
    "some.*": each

  """

@Suite("Who shares a mechanism")
struct SharingTests {
  /// Whether a call of one operation keeps another out of its bulkhead.
  private func shares(
    _ one: String, _ other: String, labels: (one: [String: String], other: [String: String]) = ([:], [:])
  ) throws -> Bool {
    let graph = try compile(policies)
    let first = try #require(graph.plan(for: one))
    let second = try #require(graph.plan(for: other))
    return try first.runBlocking(labels: labels.one) {
      do {
        return try second.runBlocking(labels: labels.other) { false }
      } catch let error as ResilienceError where error.code == .bulkheadFull {
        return true
      }
    }
  }

  @Test(
    "A name is one instance; a scope makes one for each operation or target; one in a layer belongs to its pipeline",
    arguments: [
      ("all.a", "all.b", true), ("all.a", "all.a", true), ("each.a", "each.b", false), ("each.a", "each.a", true),
      ("callee.a", "callee.b", true), ("callee.a", "callee.c", false), ("own.a", "own.b", false),
      ("own.a", "own.a", true), ("some.x", "some.y", false), ("all.a", "each.a", false),
      ("spliced.a", "inner.a", true), ("spliced.a", "spliced.b", true), ("spliced.b", "spliced.c", true),
      ("tuned.a", "all.a", true), ("tuned.b", "all.a", false), ("tuned.b", "each.a", false),
    ])
  func scopes(one: String, other: String, expected: Bool) throws {
    #expect(try shares(one, other) == expected)
  }

  @Test("M3: a label chooses the instance; calls without it share one")
  func labels() throws {
    let (a, b) = (["tenant": "a"], ["tenant": "b"])
    #expect(try shares("tenant.a", "tenant.a", labels: (a, a)))
    #expect(try !shares("tenant.a", "tenant.a", labels: (a, b)))
    #expect(try !shares("tenant.a", "tenant.a", labels: (a, [:])))
    #expect(try shares("tenant.a", "tenant.a", labels: ([:], ["user": "a"])))
  }

  @Test("A plan knows the file and line of its layers")
  func locations() throws {
    let plan = try #require(try compile(policies).plan(for: "own.a"))
    #expect(plan.layers.indices.map(plan.location) == ["policies.yaml:12", "policies.yaml:12"])
    #expect(plan.layers.map(\.name) == ["own/bulkhead", "own/deadline"])
  }
  @Test("Retries that are written alike are one policy, others are not")
  func retries() throws {
    let graph = try compile(
      """
      version: 1
      operations:
        a: {layers: [{retry: {attempts: 3, backoff: {initial: 100ms, factor: 2, max: 1s}, handle: [other]}}]}
        b: {layers: [{retry: {attempts: 3, backoff: {initial: 100ms, factor: 2, max: 1s}, handle: [other]}}]}
        c: {layers: [{retry: {attempts: 4, backoff: {initial: 100ms, factor: 2, max: 1s}, handle: [other]}}]}

      """)
    let policies = try ["a", "b", "c"].map { name -> RetryPolicy? in
      guard case .retry(let policy, _)? = try #require(graph.plan(for: name)).layers.first?.mechanism else {
        return nil
      }
      return policy
    }
    #expect(policies[0] != nil && policies[0] === policies[1])
    #expect(policies[2] != policies[1])
  }

  @Test("A breaker that is written in a layer is found by its name, and by no other")
  func breakersInLayers() throws {
    let graph = try compile(
      """
      version: 1
      operations:
        a: {layers: [{breaker: {failures: 3, open: 1s}}]}
        b: {layers: [{breaker: {failures: 3, open: 1s}}]}

      """)
    for operation in ["b", "a"] { _ = graph.plan(for: operation) }
    #expect(graph.breakers.map(\.name) == ["operations/a/breaker", "operations/b/breaker"])
    #expect(graph.breaker("operations/b/breaker") === graph.breakers.last)
    #expect(graph.breaker("operations/c/breaker") == nil)
    #expect(graph.breaker("b/breaker") == nil)
  }
}
