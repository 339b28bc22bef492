import PolicyLanguage
import ResilienceCore
import Testing

@Test("A simple file becomes settings, with every number's place")
func simpleFile() throws {
  let loaded = load(
    """
    version: 1
    breakers:
      database: {failures: 5, open: 60s, halfOpen: 2}
    retries:
      standard:
        attempts: 3
        backoff: {initial: 100ms, factor: 2, max: 10s}
    timeouts:
      attempt: 800ms
    pipelines:
      read: [{deadline: 2s}, {retry: standard}, {breaker: database}, {timeout: attempt}]
    operations:
      users.get: read

    """)
  #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics.map { "\($0.brief) \($0.message)" })")
  let document = try #require(loaded.document)
  #expect(document.breakers["database"]?.value.settings == .standard)
  #expect(document.retries["standard"]?.value.settings == .standard)
  #expect(document.retries["standard"]?.origins["backoff.max"]?.description == "policies.yaml:7:47")
  #expect(document.breakers["database"]?.origins["open.for"]?.description == "policies.yaml:3:33")
  let operation = try #require(document.operations.first)
  #expect(operation.value.layers.map(\.kind) == [.deadline, .retry, .breaker, .timeout])
  #expect(operation.value.layers.map(\.shared) == [false, true, true, true])
  if case .deadline(let deadline) = operation.value.layers[0].element {
    #expect(deadline.name == "read/deadline")
    #expect(deadline.value.after == .seconds(2))
  }
}
