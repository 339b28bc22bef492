import Resilience
import ResilienceTesting
import Testing

private let policies = """
  version: 1
  pipelines:
    read: [{deadline: 2s}, {retry: {attempts: 2, backoff: none}}]
  operations:
    read: read

  """

/// Every way to run a body counts values that describe themselves as failures in the same way.
@Suite("Values that describe themselves, by every handle")
struct HandleTests {
  private let failing = Answer(status: 503)
  private let instead = Answer(status: 200)

  /// The attempts of a call whose body always returns a failure, and whether the fallback served.
  private func check(_ run: (CallReport) async throws -> Answer, servesFallback: Bool) async throws {
    let report = CallReport()
    let value = try await run(report)
    #expect(report.attempts.count == 2)
    #expect(value == (servesFallback ? instead : failing))
    #expect((report.fallback != nil) == servesFallback)
  }

  @Test("Untyped")
  func untyped() throws {
    try onVirtualTime { [failing, instead] time in
      let read = try PolicyText(policies).engine(on: time).policy("read")
      try await check({ try await read.run(report: $0) { failing } }, servesFallback: false)
      try await check({ try read.runBlocking(report: $0) { failing } }, servesFallback: false)
      try await check(
        {
          try await read.run(report: $0) {
            failing
          } fallback: { _ in
            instead
          }
        }, servesFallback: true)
      try await check(
        {
          try read.runBlocking(report: $0) {
            failing
          } fallback: { _ in
            instead
          }
        }, servesFallback: true)
    }
  }

  @Test("Typed")
  func typed() throws {
    try onVirtualTime { [failing, instead] time in
      let read = try PolicyText(policies).engine(on: time).policy("read", returning: Answer.self)
      try await check({ try await read.run(report: $0) { failing } }, servesFallback: false)
      try await check({ try read.runBlocking(report: $0) { failing } }, servesFallback: false)
      try await check(
        {
          try await read.run(report: $0) {
            failing
          } fallback: { _ in
            instead
          }
        }, servesFallback: true)
      try await check(
        {
          try read.runBlocking(report: $0) {
            failing
          } fallback: { _ in
            instead
          }
        }, servesFallback: true)
    }
  }

  @Test("Concurrent")
  func concurrent() throws {
    try onVirtualTime { [failing, instead] time in
      let read = try PolicyText(policies).engine(on: time).policy("read", returning: Answer.self, concurrent: true)
      try await check({ try await read.run(report: $0) { failing } }, servesFallback: false)
      try await check(
        {
          try await read.run(report: $0) {
            failing
          } fallback: { _ in
            instead
          }
        }, servesFallback: true)
    }
  }
}
