import PolicyCompiler
import PolicyLanguage
import Testing

@Suite("The most that a call can take")
struct CallBoundsTests {
  @Test(
    "Attempts times their limit, and every wait at its longest, within the deadline",
    arguments: [
      ("[{timeout: 500ms}]", "at most 500ms and 1 attempt"),
      ("[{breaker: {failures: 5, open: 60s}}]", "unbounded time and 1 attempt"),
      ("[{retry: {attempts: 3, backoff: 100ms}}, {timeout: 500ms}]", "at most 1.7s and 3 attempts"),
      (
        "[{retry: {attempts: 4, backoff: {initial: 100ms, factor: 2, max: 300ms}}}, {timeout: 1s}]",
        "at most 4.6s and 4 attempts"
      ),
      ("[{deadline: 1s}, {retry: {attempts: 3, backoff: 100ms}}, {timeout: 500ms}]", "at most 1s and 3 attempts"),
      ("[{deadline: 1s}, {retry: {attempts: 3, backoff: 100ms}}]", "at most 1s and 3 attempts"),
      ("[{retry: {attempts: 3, backoff: 100ms}}]", "unbounded time and 3 attempts"),
      ("[{deadline: {after: 1s, mode: observe}}]", "unbounded time and 1 attempt"),
      ("[{bulkhead: {concurrent: 4, queue: 2, wait: 50ms}}, {timeout: 500ms}]", "at most 550ms and 1 attempt"),
      ("[{bulkhead: {concurrent: 4, queue: 2}}, {timeout: 500ms}]", "unbounded time and 1 attempt"),
      ("[{bulkhead: {concurrent: 4}}, {timeout: 500ms}]", "at most 500ms and 1 attempt"),
      ("[{rateLimit: {rate: 10/s, wait: 100ms}}, {timeout: 500ms}]", "at most 600ms and 1 attempt"),
      (
        "[{retry: {attempts: 4, backoff: {initial: 100ms, factor: 2, max: 500ms, jitter: decorrelated}}}, {timeout: 1s}]",
        "at most 5.3s and 4 attempts"
      ),
    ])
  func bounds(layers: String, expected: String) throws {
    let file = try document("version: 1\noperations:\n  a: {layers: \(layers)}\n")
    let operation = try #require(file.operations.first)
    #expect(CallBounds(operation.value.layers).inWords == expected)
  }
}
