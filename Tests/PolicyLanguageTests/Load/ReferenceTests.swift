import PolicyLanguage
import ResilienceCore
import Testing

@Test("Elements in layers belong to their pipeline and are called after it")
func inlineElements() throws {
  let loaded = load(
    """
    version: 1
    pipelines:
      read:
        - deadline: 2s
        - retry: {extends: preset.standard, attempts: 2}
        - breaker: preset.aggressive
        - bulkhead: {concurrent: 4}
        - bulkhead: {concurrent: 8, queue: 2}
    operations:
      users.get: read
      users.put: {layers: [{deadline: 3s}]}

    """)
  let document = try #require(loaded.document, "\(loaded.diagnostics)")
  let layers = try #require(document.pipelines["read"]).value
  #expect(layers.allSatisfy { !$0.shared })
  var names: [String] = []
  for layer in layers {
    switch layer.element {
    case .deadline(let element), .timeout(let element): names.append(element.name)
    case .retry(let element):
      names.append(element.name)
      #expect(element.value.settings.attempts == 2)
      #expect(element.value.settings.backoff == RetrySettings.standard.backoff)
      #expect(element.origins.note(for: "backoff.max") == "preset.standard")
    case .breaker(let element):
      names.append(element.name)
      #expect(element.value.settings == .aggressive)
    case .bulkhead(let element): names.append(element.name)
    default: Issue.record("not in this pipeline")
    }
  }
  #expect(names == ["read/deadline", "read/retry", "read/breaker", "read/bulkhead", "read/bulkhead-2"])
  guard case .deadline(let own)? = document.operations.last?.value.layers.first?.element else {
    Issue.record("no deadline")
    return
  }
  #expect(own.name == "operations/users.put/deadline")
}

@Test("Error classes are bits in the order of the file; `all` leaves out rejections and cancellations")
func errorClasses() throws {
  let loaded = load(
    """
    version: 1
    errors:
      one: {match: [{http: [503]}], safeToRepeat: true}
      two: {match: [{grpc: [UNAVAILABLE], posix: [EPIPE]}], except: [one], breaker: ignore}
    operations:
      a: {layers: [{deadline: 2s}, {breaker: {failures: 5, open: 60s, handle: [two, timeout]}}]}
      b: {layers: [{deadline: 2s}, {breaker: {failures: 5, open: 60s, handle: all}}]}
      c: {layers: [{deadline: 2s}, {breaker: {failures: 5, open: 60s, handle: [all, rejected]}}]}
      d: {layers: [{deadline: 2s}, {breaker: {failures: 5, open: 60s}}]}

    """)
  let document = try #require(loaded.document, "\(loaded.diagnostics)")
  #expect(document.errors.map(\.value.name) == ["one", "two"])
  #expect(document.errors[1].value.except == .defined(0))
  #expect(!document.errors[1].value.countsForBreaker)
  let handled = document.operations.compactMap { operation -> FailureClasses? in
    if case .breaker(let breaker)? = operation.value.layers.last?.element { breaker.value.settings.handle } else { nil }
  }
  #expect(handled == [[.defined(1), .timeout], .all, FailureClasses.all.union(.rejected), .everything])
}

@Test("Presets are what the programmatic presets are, and are shown in full")
func presets() throws {
  #expect(PresetCatalog.names == ["preset.aggressive", "preset.conservative", "preset.standard"])
  let shown = try #require(PresetCatalog.show("preset.aggressive"))
  #expect(shown.contains("  preset.aggressive:\n    failures: 3\n"))
  #expect(shown.contains("    # window: 100\n"))
  #expect(PresetCatalog.show("preset.absent") == nil)
  let names = [
    ("standard", CircuitBreakerSettings.standard), ("aggressive", .aggressive), ("conservative", .conservative),
  ]
  for (name, settings) in names {
    let loaded = load("version: 1\noperations: {a: {layers: [{deadline: 1s}, {breaker: preset.\(name)}]}}\n")
    guard case .breaker(let breaker)? = loaded.document?.operations.first?.value.layers.last?.element else {
      Issue.record("no breaker")
      continue
    }
    #expect(breaker.value.settings == settings)
  }
}

@Test("A thirteenth layer, a sixty-first class and a cycle of `extends` are errors")
func limits() {
  let layers = Array(repeating: "{bulkhead: {concurrent: 4}}", count: 13).joined(separator: ", ")
  #expect(load("version: 1\noperations: {a: {layers: [\(layers)]}}\n").diagnostics.map(\.rule.code) == ["RP206"])
  let classes = (1...61).map { "c\($0): {match: [{http: [\($0 + 400)]}], safeToRepeat: true}" }
  let many = load("version: 1\nerrors: {\(classes.joined(separator: ", "))}\n")
  #expect(many.diagnostics.map(\.rule.code) == ["RP206"])
}

@Test("What cannot be read leaves no value behind: a wrong budget is no missing budget")
func wrongBudget() {
  let text = """
    version: 1
    operations:
      a: {layers: [{deadline: 9s}, {retry: {attempts: 2, backoff: 1s, budget: off}}], idempotent: true}
      b: {layers: [{deadline: 9s}, {retry: {attempts: 2, backoff: 1s, budget: absent}}], idempotent: true}

    """
  #expect(loadAll(text).diagnostics.map(\.brief) == ["RP207:3", "RP301:4"])
}
