import PolicyLanguage
import ResilienceCore
import Testing

private let file = """
  version: 1
  breakers:
    database: {failures: 5, open: 60s}
    other: {failures: 9, open: 60s}
  retries:
    standard: {attempts: 3, backoff: {initial: 100ms, factor: 2, max: 1s}, budget: shared}
    once: {attempts: 2, backoff: none}
  budgets:
    shared: {ratio: 20%}
  timeouts:
    call: {after: 2s, mode: observe}
  fallbacks:
    empty: {value: 1}
  pipelines:
    read: [{fallback: empty}, {deadline: call}, {retry: standard}, {breaker: database}, {timeout: 300ms}]
  operations:
    plain: read
    tuned: {pipeline: read, tune: TUNE}
  environments:
    production: {operations: {tuned: {tune: {retry: {attempts: 5}}}}}
    production-eu: {extends: production, pipelines: {read: {tune: {deadline: 4s, timeout: 400ms}}}}

  """

@Suite("Tune")
struct TuneTests {
  private func document(_ tune: String, in environment: String? = nil) throws -> PolicyDocument {
    let loaded = load(file.replacing("TUNE", with: tune), environment: environment)
    return try #require(loaded.document, "\(loaded.diagnostics)")
  }

  private func limit(_ document: PolicyDocument, _ kind: PolicyLanguage.LayerKind, of operation: String = "tuned")
    -> Definition<TimeoutSettings>?
  {
    switch document.operations.first(where: { $0.name == operation })?.value.layers.first(where: { $0.kind == kind })?
      .element
    {
    case .deadline(let limit), .timeout(let limit): limit
    default: nil
    }
  }

  private func retry(_ document: PolicyDocument, of operation: String = "tuned") -> Definition<RetryDefinition>? {
    let layer = document.operations.first { $0.name == operation }?.value.layers.first { $0.kind == .retry }
    return if case .retry(let retry) = layer?.element { retry } else { nil }
  }

  @Test(
    "A single time changes the time of this operation only, and leaves the mode",
    arguments: ["2500ms", "{after: 2500ms}"])
  func time(_ text: String) throws {
    let document = try document("{deadline: \(text)}")
    let tuned = try #require(limit(document, .deadline))
    #expect(tuned.value == TimeoutSettings(after: .milliseconds(2_500), mode: .observe))
    #expect(tuned.name == "call")
    #expect(tuned.origins["after"]?.line == 18)
    #expect(tuned.origins.note(for: "after") == "tune")
    #expect(tuned.origins["mode"]?.line == 11)
    #expect(limit(document, .deadline, of: "plain")?.value.after == .seconds(2))
    #expect(document.operations.first { $0.name == "tuned" }?.value.isTuned == true)
  }

  @Test("A map changes what it says of a retry, deeply, and leaves the rest")
  func numbers() throws {
    let document = try document("{retry: {attempts: 2, backoff: {max: 3s}}}")
    let tuned = try #require(retry(document))
    #expect(tuned.value.settings.attempts == 2)
    #expect(
      tuned.value.settings.backoff == .exponential(initial: .milliseconds(100), factor: 2, max: .seconds(3)))
    #expect(tuned.value.budget == "shared")
    #expect(tuned.origins["attempts"]?.line == 18)
    #expect(tuned.origins["backoff.initial"]?.line == 6)
    #expect(retry(document, of: "plain")?.value.settings.attempts == 3)
  }

  @Test("A name puts another element in the place of the layer's, also of a shared one")
  func names() throws {
    let document = try document("{retry: once, breaker: other, timeout: call, fallback: [{value: 2}, empty]}")
    let layers = try #require(document.operations.first { $0.name == "tuned" }).value.layers
    #expect(layers.map(\.kind) == [.fallback, .deadline, .retry, .breaker, .timeout])
    #expect(retry(document)?.name == "once")
    #expect(limit(document, .timeout)?.value.mode == .observe)
    if case .breaker(let breaker) = layers[3].element { #expect(breaker.name == "other") }
    if case .fallback(let chain) = layers[0].element {
      #expect(chain.map(\.name) == ["operations/tuned/fallback", "empty"])
    }
    #expect(layers.allSatisfy { $0.location.line == 15 })
  }

  @Test("The tune of an environment is merged with that of the base, and that of a pipeline stands below both")
  func environments() throws {
    let production = try document("{deadline: 3s, retry: {backoff: 50ms}}", in: "production")
    #expect(retry(production)?.value.settings.attempts == 5)
    #expect(retry(production)?.value.settings.backoff == .constant(.milliseconds(50)))
    #expect(retry(production)?.origins.note(for: "attempts") == "environment production")
    #expect(limit(production, .deadline)?.value.after == .seconds(3))
    let europe = try document("{deadline: 3s}", in: "production-eu")
    #expect(limit(europe, .deadline, of: "plain")?.value.after == .seconds(4))
    #expect(limit(europe, .deadline, of: "plain")?.value.mode == .observe)
    #expect(limit(europe, .deadline, of: "plain")?.origins["after"]?.line == 21)
    #expect(limit(europe, .deadline)?.value.after == .seconds(3))
    #expect(limit(europe, .timeout)?.value.after == .milliseconds(400))
    #expect(retry(europe)?.value.settings.attempts == 5)
    #expect(try limit(document("{deadline: 3s}"), .deadline, of: "plain")?.value.after == .seconds(2))
  }

  @Test(
    "What cannot be tuned is an error at its place",
    arguments: [
      ("{bulkhead: {concurrent: 4}}", "RP307"), ("{breaker: {failures: 3}}", "RP202"), ("{retry: {}}", nil),
      ("{retry: {extends: once}}", "RP208"), ("{deadlin: 2s}", "RP201"), ("{deadline: 2500}", "RP204"),
      ("{retry: {attemps: 3}}", "RP201"), ("{retry: other}", "RP301"), ("{retry: [once]}", "RP202"),
      ("{deadline: none}", "RP301"),
    ])
  func errors(_ tune: String, _ code: String?) {
    let found = loadAll(file.replacing("TUNE", with: tune)).diagnostics.filter { $0.severity == .error }
    #expect(found.map(\.rule.code) == (code.map { [$0] } ?? []))
    #expect(found.allSatisfy { $0.location.line == 18 })
  }

  @Test("RP309: tuned numbers are looked at together")
  func together() {
    let text = """
      version: 1
      pipelines:
        read: [{deadline: 2s}, {timeout: 1s}]
      operations:
        users.get: {layers: [{timeout: 2s}, {breaker: {failures: 3, open: 10s}}, {timeout: 1s}]}
        users.put: {pipeline: read, tune: {timeout: 500ms}}

      """
    #expect(loadAll(text).diagnostics.map(\.brief).contains("RP307:6") == false)
  }
}
