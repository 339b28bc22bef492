import PolicyLanguage
import ResilienceCore
import Testing

@Suite("Elements that are written alike")
struct WrittenAlikeTests {
  @Test("each has its own name and places, and all say the same")
  func places() throws {
    let loaded = load(
      """
      version: 1
      operations:
        a.get:
          layers:
            - retry: {attempts: 3, backoff: 100ms}
        b.get:
          layers:
            - deadline: 9s
            - retry: {attempts: 3, backoff: 100ms}
            - retry: {attempts: 3, backoff: 100ms}

      """)
    let retries = try #require(loaded.document).operations.flatMap(\.value.layers).compactMap { layer in
      if case .retry(let retry) = layer.element { retry } else { nil }
    }
    #expect(retries.map(\.name) == ["operations/a.get/retry", "operations/b.get/retry", "operations/b.get/retry-2"])
    #expect(retries.map(\.location.line) == [5, 9, 10])
    #expect(retries.map { $0.origins["attempts"]?.line } == [5, 9, 10])
    #expect(retries.map(\.value.settings.attempts) == [3, 3, 3])
  }

  @Test("what is wrong with one is said of every one")
  func findings() {
    let loaded = load(
      """
      version: 1
      operations:
        a.get: {layers: [{breaker: {failures: 5, open: 60s, minimumCalls: 20}}]}
        b.get: {layers: [{breaker: {failures: 5, open: 60s, minimumCalls: 20}}]}
        c.get: {layers: [{breaker: {failures: 0, open: 60s}}]}
        d.get: {layers: [{breaker: {failures: 0, open: 60s}}]}

      """)
    #expect(loaded.diagnostics.map(\.location.line) == [3, 4, 5, 6])
  }

  @Test("what extends something is read with what it extends, each time")
  func extending() throws {
    let loaded = load(
      """
      version: 1
      retries:
        base: {attempts: 2, backoff: 100ms}
      operations:
        a.get: {layers: [{retry: {extends: base, attempts: 4}}]}
        b.get: {layers: [{retry: {extends: base, attempts: 4}}]}

      """)
    let retries = try #require(loaded.document).operations.flatMap(\.value.layers).compactMap { layer in
      if case .retry(let retry) = layer.element { retry } else { nil }
    }
    #expect(retries.map(\.value.settings.attempts) == [4, 4])
    #expect(retries.map { $0.origins.note(for: "backoff") } == ["extends base", "extends base"])
    #expect(retries.map { $0.origins["attempts"]?.line } == [5, 6])
  }

  @Test("an alias is read each time: in two files one text means two things")
  func aliases() throws {
    func operation(_ name: String, _ time: String) -> String {
      """
      version: 1
      operations:
        \(name):
          layers:
            - deadline: &time \(time)
            - retry: {attempts: 2, backoff: *time}
            - timeout: *time

      """
    }
    let loaded = loader([
      "policies.yaml": "version: 1\ninclude: [a.yaml, b.yaml]\n", "a.yaml": operation("a.get", "1s"),
      "b.yaml": operation("b.get", "2s"),
    ]).load("policies.yaml")
    let operations = try #require(loaded.document).operations.sorted { $0.name < $1.name }
    let times = operations.map { $0.value.layers.compactMap(\.time) }
    #expect(times == [[.seconds(1), .seconds(1), .seconds(1)], [.seconds(2), .seconds(2), .seconds(2)]])
  }

  @Test("layers of every kind that are written alike say what the first one says")
  func layers() throws {
    let layers = """
        layers:
          - deadline: 9s
          - rateLimit: {rate: 5/s}
          - bulkhead: {concurrent: 3}
          - retry: {attempts: 3, backoff: 1s}
          - hedge: {after: 300ms}
          - breaker: {failures: 5, open: 60s}
          - timeout: 2s

      """
    let text = ["a.get", "b.get"].map { "  \($0):\n" + layers.split(separator: "\n").map { "  \($0)\n" }.joined() }
    let loaded = load("version: 1\noperations:\n" + text.joined())
    let operations = try #require(loaded.document).operations
    #expect(operations.map(\.name) == ["a.get", "b.get"])
    let (first, second) = (operations[0].value.layers, operations[1].value.layers)
    #expect(first.map(\.kind) == [.deadline, .rateLimit, .bulkhead, .retry, .hedge, .breaker, .timeout])
    #expect(second.map(\.kind) == first.map(\.kind))
    #expect(second.map(\.location.line) == first.map { $0.location.line + 9 })
    #expect(second.compactMap(\.elementName) == first.map { "operations/b.get/\($0.kind.rawValue)" })
    #expect(second.map(\.time) == first.map(\.time))
    #expect(second.allSatisfy { !$0.shared })
  }
}

extension LayerDefinition {
  /// The time, or the wait, that the layer is written with.
  fileprivate var time: Duration? {
    switch element {
    case .deadline(let definition), .timeout(let definition): definition.value.after
    case .retry(let definition):
      if case .constant(let wait) = definition.value.settings.backoff { wait } else { nil }
    default: nil
    }
  }

  fileprivate var elementName: String? {
    switch element {
    case .deadline(let element), .timeout(let element): element.name
    case .rateLimit(let element): element.name
    case .bulkhead(let element): element.name
    case .retry(let element): element.name
    case .hedge(let element): element.name
    case .breaker(let element): element.name
    case .fallback, .chaos: nil
    }
  }
}
