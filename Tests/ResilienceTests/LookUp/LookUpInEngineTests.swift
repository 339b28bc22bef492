import ResilienceCore
import Testing

@testable import Resilience

@Suite("Look-up by name in an engine") struct LookUpInEngineTests {
  private static let text = """
    version: 1
    operations:
      users.get: {layers: [{retry: {attempts: 2, backoff: 1ms}}]}
      tenants.*: {layers: [{retry: {attempts: 2, backoff: 1ms}}]}

    """

  private static func engine() throws -> ResilienceEngine {
    try ResilienceEngine(policiesAt: "p.yaml", on: .virtual(VirtualTime())) { _ in .success(Array(text.utf8)) }
  }

  @Test("A declaration is found as it was made, and not as another one")
  func declarations() {
    let table = LookUpTable()
    let entry = OperationEntry("users.get", nil)
    let keys = [
      Declaration.Key(), Declaration.Key(type: Int.self), Declaration.Key(type: String.self),
      Declaration.Key(type: Int.self, isConcurrent: true),
    ]
    for (index, key) in keys.enumerated() {
      for other in keys[index...] { #expect(table.entry(of: "users.get", declared: other) == nil) }
      table.insert(entry, declared: key)
      #expect(table.entry(of: "users.get", declared: key)?.counted === entry)
    }
  }

  @Test("A name of the file is in the table once it was looked up, in the way in which it was declared")
  func namesOfTheFile() throws {
    let engine = try Self.engine()
    #expect(engine.known.entry(of: "users.get", declared: Declaration.Key()) == nil)
    let policy = try engine.policy("users.get")
    #expect(engine.known.entry(of: "users.get", declared: Declaration.Key())?.counted === policy.entry)
    #expect(engine.known.entry(of: "users.get", declared: Declaration.Key(type: Int.self)) == nil)
    #expect(try engine.policy("users.get", returning: Int.self).untyped.entry === policy.entry)
    #expect(engine.known.entry(of: "users.get", declared: Declaration.Key(type: Int.self))?.counted === policy.entry)
    #expect(try engine.policy("users.get").entry === policy.entry)
  }

  @Test("A name that only fits a pattern is not kept for longer than its handles")
  func namesOfPatterns() throws {
    let engine = try Self.engine()
    weak var entry: OperationEntry?
    do {
      let policy = try engine.policy("tenants.a")
      entry = policy.entry
      #expect(try engine.policy("tenants.a").entry === policy.entry)
    }
    #expect(entry == nil)
    #expect(engine.known.entry(of: "tenants.a", declared: Declaration.Key()) == nil)
  }
}
