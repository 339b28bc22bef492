import Resilience
import ResilienceTesting
import Testing

struct User: Codable, Equatable, Sendable {
  var name: String
  var age: Int?
}

private let policies = """
  version: 1
  fallbacks:
    nobody: {value: {name: nobody}}
    cached: {lastGood: {maxAge: 10m, key: none}}
    rules: {handler: rules}
    replica: {operation: users.replica}
  pipelines:
    plain: [{deadline: 2s}]
    value: [{fallback: nobody}, {deadline: 2s}]
    cached: [{fallback: cached}, {deadline: 2s}]
    rules: [{fallback: rules}, {deadline: 2s}]
    replica: [{fallback: replica}, {deadline: 2s}]
    leaving: [{deadline: 2s}, {timeout: {after: 1s, mode: abandon}}]
  operations:
    plain: plain
    value: value
    cached: cached
    rules: rules
    replica: replica
    leaving: leaving
    users.replica: plain

  """

private let rules = ["rules": FallbackHandler { _ in User(name: "rule") }]
private let bodies = ["users.replica": FallbackHandler { _ in User(name: "replica") }]

@Suite("What code declares")
struct DeclarationTests {
  private func engine(_ text: String = policies) throws -> ResilienceEngine {
    try PolicyText(text).engine(handlers: rules, operations: bodies)
  }

  @Test(
    "M1: fallbacks of the file need the type of the values, and the refusal says where they stand",
    arguments: [("value", 3), ("cached", 4), ("rules", 5), ("replica", 6)])
  func returning(operation: String, line: Int) throws {
    let engine = try engine()
    let error = #expect(throws: PolicyFileError.self) { try engine.policy(operation) }
    #expect(error?.problems.map(\.line) == [line])
    #expect(error?.description.contains("`\(operation)` must be looked up with `returning:`") == true)
    _ = try engine.policy(operation, returning: User.self)
    _ = try engine.policy(operation, returning: User.self, concurrent: false)
  }

  @Test("M1: a timeout that abandons needs bodies that may outlive their call")
  func concurrent() throws {
    let engine = try engine()
    for lookUp in [
      { _ = try engine.policy("leaving") }, { _ = try engine.policy("leaving", returning: Int.self) },
      { _ = try engine.policy("leaving", returning: Int.self, concurrent: false) },
    ] as [() throws -> Void] {
      let error = #expect(throws: PolicyFileError.self) { try lookUp() }
      #expect(error?.problems.map(\.line) == [13])
      #expect(error?.description.contains("`concurrent: true`") == true)
    }
    _ = try engine.policy("leaving", returning: Int.self, concurrent: true)
  }

  @Test("M1: code of another type than the operation's is refused at look-up")
  func types() throws {
    let engine = try engine()
    for operation in ["rules", "replica"] {
      let error = #expect(throws: PolicyFileError.self) { try engine.policy(operation, returning: Int.self) }
      #expect(error?.description.contains("makes `User`, but operation `\(operation)` returns `Int`") == true)
    }
  }

  @Test("M1: a value that is not of the declared type is refused at look-up, with its own place")
  func value() throws {
    let engine = try engine()
    let wrong = #expect(throws: PolicyFileError.self) { try engine.policy("value", returning: Int.self) }
    #expect(wrong?.problems.first?.line == 3)
    #expect(wrong?.problems.first?.column == 19)
    struct Opaque: Sendable {}
    let opaque = #expect(throws: PolicyFileError.self) { try engine.policy("value", returning: Opaque.self) }
    #expect(opaque?.description.contains("not Decodable") == true)
  }

  @Test("M1: missing handlers and bodies stop the engine from being made, each with its file and line")
  func missing() throws {
    let error = #expect(throws: PolicyFileError.self) { try PolicyText(policies).engine() }
    #expect(
      error?.description == """
        policies.yaml:5:3: error: fallback `rules` needs a handler `rules` in `handlers:` of the engine
        policies.yaml:6:3: error: fallback `replica` needs a body for operation `users.replica` in `operations:` of the engine
        """)
  }

  @Test(
    "M1: a reload that asks for more than code declared is refused with file and line, and changes nothing",
    arguments: [
      ("plain: plain", "plain: value", 3), ("plain: plain", "plain: leaving", 13),
      ("name: nobody", "nom: nobody", 3), ("handler: rules", "handler: other", 5),
    ])
  func reload(old: String, new: String, line: Int) async throws {
    let text = PolicyText(policies)
    let engine = try text.engine(handlers: rules, operations: bodies)
    let plain = try engine.policy("plain")
    let value = try engine.policy("value", returning: User.self)
    text.write(policies.replacing("  " + old + "\n", with: "  " + new + "\n").replacing("{\(old)", with: "{\(new)"))
    let error = await #expect(throws: PolicyFileError.self) { try await engine.reload() }
    #expect(error?.problems.map(\.line) == [line])
    #expect(engine.generation == 1)
    let untouched = try plain.runBlocking { 1 }
    #expect(untouched == 1)
    let served = try value.runBlocking { throw Refused() }
    #expect(served == User(name: "nobody"))
  }

  @Test("M1: a reload decodes the values of the file again")
  func decodedAgain() async throws {
    let text = PolicyText(policies)
    let engine = try text.engine(handlers: rules, operations: bodies)
    let value = try engine.policy("value", returning: User.self)
    text.write(policies.replacing("{name: nobody}", with: "{name: somebody, age: 7}"))
    try await engine.reload()
    let served = try value.runBlocking { throw Refused() }
    #expect(served == User(name: "somebody", age: 7))
  }

  @Test("M2: a blocking body is not interrupted: a timeout observes, and a late end is a timeout")
  func blocking() throws {
    let time = VirtualTime()
    let engine = try PolicyText(policies).engine(on: time, handlers: rules, operations: bodies)
    let plain = try engine.policy("plain")
    let error = #expect(throws: ResilienceError.self) {
      try plain.runBlocking {
        time.advance(by: .seconds(3))
        return 1
      }
    }
    #expect(error?.code == .timedOut)
    let value = try engine.policy("value", returning: User.self)
    let served = try value.runBlocking {
      time.advance(by: .seconds(3))
      return User(name: "late")
    }
    #expect(served == User(name: "nobody"))
  }

  @Test("M3: a call without the label uses the shared instance, and that is reported once a layer")
  func labels() throws {
    let log = EventRecorder()
    let engine = try PolicyText(
      """
      version: 1
      rateLimiters:
        partner: {rate: 1/h, burst: 2, scope: {key: tenant}}
      pipelines:
        call: [{rateLimit: partner}, {deadline: 2s}]
      operations:
        call: call

      """
    ).engine(observer: log.observer)
    let call = try engine.policy("call")
    for labels in [[:], ["tenant": "a"], ["tenant": "a"], [:], ["tenant": "b"]] as [[String: String]] {
      try call.runBlocking(labels: labels) {}
    }
    for labels in [[:], ["tenant": "a"]] as [[String: String]] {
      #expect(throws: ResilienceError.self) { try call.runBlocking(labels: labels) {} }
    }
    try call.runBlocking(labels: ["tenant": "b"]) {}
    let missing = log.all.filter { if case .labelMissing("tenant") = $0.kind { true } else { false } }
    #expect(missing.count == 1)
    #expect(missing.first?.location == "policies.yaml:5")
    #expect(missing.first?.layer == .rateLimit)
  }
}
