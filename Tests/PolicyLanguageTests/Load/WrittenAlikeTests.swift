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

  @Test("an alias makes one text mean two things")
  func aliases() throws {
    let loaded = load(
      """
      version: 1
      operations:
        a.get: {layers: [{timeout: &t 1s}, {retry: {attempts: 2, backoff: *t}}]}
        b.get: {layers: [{timeout: &t 2s}, {retry: {attempts: 2, backoff: *t}}]}

      """)
    let waits = loaded.document?.operations.flatMap(\.value.layers).compactMap { layer in
      if case .retry(let retry) = layer.element { "\(retry.value.settings.backoff)" } else { nil }
    }
    if let waits { #expect(Set(waits).count == 2) } else { #expect(!loaded.diagnostics.isEmpty) }
  }
}
