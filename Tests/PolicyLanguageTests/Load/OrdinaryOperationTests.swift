import LocatedYAML
import PolicyLanguage
import ResilienceCore
import Testing

@Suite("Operations that are kept as they are written")
struct OrdinaryOperationTests {
  /// The same layers twice: in an operation that is kept as it is written, and in one that has an owner and is read in full.
  private func pair(_ layers: String) throws -> (written: OperationDefinition, read: OperationDefinition) {
    let loaded = load(
      """
      version: 1
      errors:
        transient: {match: [{posix: [ECONNREFUSED]}]}
      operations:
        written.get:
          target: "the-api"
          layers: \(layers)
        read.get:
          target: "the-api"
          layers: \(layers)
          owner: team

      """)
    let operations = try #require(loaded.document, "\(loaded.diagnostics)").operations
    #expect(operations.map(\.name) == ["written.get", "read.get"])
    return (operations[0].value, operations[1].value)
  }

  @Test(
    "say the same as when they are read in full",
    arguments: [
      "[{deadline: 2s}, {retry: {attempts: 3, backoff: 100ms, handle: [transient]}}, {breaker: {failures: 5, open: 60s}}]",
      "[{rateLimit: {rate: 5/s}}, {bulkhead: {concurrent: 3}}, {hedge: {after: 300ms}}, {timeout: {after: 1s, mode: observe}}]",
      "[{breaker: {failures: 5, open: 60s}}, {breaker: {failures: 5, open: 60s}}]", "[]",
    ])
  func same(layers: String) throws {
    let (written, read) = try pair(layers)
    #expect(written.target == "the-api")
    #expect(written.target == read.target)
    #expect(written.layers.map(\.kind) == read.layers.map(\.kind))
    #expect(written.layers.map { $0.location.line + 3 } == read.layers.map(\.location.line))
    #expect(written.layers.map(\.says) == read.layers.map(\.says))
    #expect(written.pipelineName == nil && !written.isTuned && written.idempotency == .unknown)
  }

  @Test("has its own place, and the places of its numbers")
  func places() throws {
    let loaded = load(
      "version: 1\noperations:\n  a.get:\n    layers:\n      - retry: {attempts: 3, backoff: 100ms}\n")
    let operation = try #require(loaded.document?.operations.first)
    #expect(operation.location.description == "policies.yaml:3:3")
    #expect(operation.origins["target"] == nil)
    guard case .retry(let retry) = operation.value.layers.first?.element else {
      Issue.record("no retry")
      return
    }
    #expect(retry.name == "operations/a.get/retry")
    #expect(retry.origins["attempts"]?.description == "policies.yaml:5:27")
    #expect(operation.value.layers.first?.shared == false)
  }

  @Test(
    "what is wrong in one is said once, with its place and its path",
    arguments: [
      ("[{deadline: 2s}, {breaker: {failures: 0, open: 60s}}]", "operations.a.get/layers.breaker.failures"),
      ("[{retry: {attempts: 3, backoff: 1s, bakoff: 2s}}]", "operations.a.get/layers.retry"),
      ("[{retry: {attempts: 3, backoff: 100ms}}, {deadline: 2s}]", "operations.a.get/layers"),
      ("[{breaker: {failures: 5, open: 60s, minimumCalls: 20}}]", "operations.a.get/layers.breaker.minimumCalls"),
      ("[{retry: nobody}]", "operations.a.get/layers.retry"), ("[{deadline: 2s, retry: none}]", nil),
      ("[\(Array(repeating: "{timeout: 1s}", count: 13).joined(separator: ", "))]", "operations.a.get/layers"),
    ])
  func findings(layers: String, path: String?) throws {
    let loaded = load("version: 1\noperations:\n  a.get: {layers: \(layers)}\n")
    let findings = loaded.diagnostics
    #expect(Set(findings.map { "\($0.location) \($0.rule.code) \($0.message)" }).count == findings.count)
    if let path { #expect(findings.contains { $0.path == path }, "\(findings.map(\.path))") }
    #expect(findings.allSatisfy { $0.location.line == 3 } && !findings.isEmpty)
  }

  @Test("an override of an environment changes one and leaves the others")
  func environments() throws {
    let loaded = load(
      """
      version: 1
      operations:
        a.get: {layers: [{deadline: 2s}]}
        b.get: {layers: [{deadline: 2s}], target: t}
      environments:
        staging:
          operations:
            b.get: {layers: [{deadline: 5s}]}

      """, environment: "staging")
    let operations = try #require(loaded.document, "\(loaded.diagnostics)").operations
    #expect(operations.map { $0.value.layers.compactMap(\.deadline) } == [[.seconds(2)], [.seconds(5)]])
    #expect(operations.map(\.value.target) == [nil, "t"])
  }

  @Test("names of every script are found, however they are spelt")
  func names() throws {
    let names = ["a.get", "A.get", "a_b.c-1", "\u{e9}t\u{e9}", "a.*"]
    let text = names.map { "  \"\($0)\": {layers: [{deadline: 2s}]}\n" }.joined()
    let document = try #require(load("version: 1\noperations:\n" + text).document)
    #expect(document.operations.map(\.name) == names)
    for (position, name) in names.enumerated() {
      #expect(document.operationPositions.position(of: name) == position)
    }
    #expect(document.operationPositions.position(of: "e\u{301}te\u{301}") == 3)
    #expect(document.operationPositions.position(of: "b.get") == nil)
    #expect(document.operationPositions.patterns.map(\.position) == [4])
  }

  @Test("a thousand of them are found by their names")
  func many() throws {
    let text = (0..<1_000).map { "  service\($0 % 7).operation-\($0): {layers: [{deadline: \($0 + 1)ms}]}\n" }.joined()
    let document = try #require(load("version: 1\noperations:\n" + text).document)
    for number in 0..<1_000 {
      let position = document.operationPositions.position(of: "service\(number % 7).operation-\(number)")
      #expect(position == number)
      #expect(document.operations[number].value.layers.first?.deadline == .milliseconds(number + 1))
    }
  }
}

extension LayerDefinition {
  /// What the layer's element says, without its name and places.
  fileprivate var says: String {
    switch element {
    case .deadline(let definition), .timeout(let definition): "\(definition.value)"
    case .rateLimit(let definition): "\(definition.value)"
    case .bulkhead(let definition): "\(definition.value)"
    case .retry(let definition): "\(definition.value)"
    case .hedge(let definition): "\(definition.value)"
    case .breaker(let definition): "\(definition.value)"
    case .fallback, .chaos: "\(kind)"
    }
  }

  fileprivate var deadline: Duration? {
    if case .deadline(let definition) = element { definition.value.after } else { nil }
  }
}
