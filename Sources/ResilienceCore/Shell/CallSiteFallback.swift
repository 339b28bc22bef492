/// Runs calls whose caller brings a fallback of its own, outside of every layer of the plan.
///
/// It stands in for whatever the call would have ended with, a value that counts as a failure included, but never for a
/// cancellation. When it fails too, one error carries both failures.
extension Plan {
  package static let callSite = "call site"

  /// As ``run(labels:report:judge:failedValueThrows:isolation:_:)``, with a fallback.
  package func run<Value>(
    labels: [String: String], report: CallReport?, judge: (Value) -> FailureFacts?,
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value,
    fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    do {
      return try await run(labels: labels, report: report, judge: judge, failedValueThrows: true, body)
    } catch {
      return try await serve(error, report: report, fallback)
    }
  }

  /// As ``runConcurrently(labels:report:judge:failedValueThrows:isolation:_:)``, with a fallback.
  package func runConcurrently<Value: Sendable>(
    labels: [String: String], report: CallReport?, judge: @escaping @Sendable (Value) -> FailureFacts?,
    isolation: isolated (any Actor)? = #isolation, _ body: @escaping @Sendable () async throws -> Value,
    fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    do {
      return try await runConcurrently(labels: labels, report: report, judge: judge, failedValueThrows: true, body)
    } catch {
      return try await serve(error, report: report, fallback)
    }
  }

  /// As ``runBlocking(labels:report:judge:failedValueThrows:_:)``, with a fallback.
  package func runBlocking<Value>(
    labels: [String: String], report: CallReport?, judge: (Value) -> FailureFacts?, _ body: () throws -> Value,
    fallback: (any Error) throws -> Value
  ) throws -> Value {
    do {
      return try runBlocking(labels: labels, report: report, judge: judge, failedValueThrows: true, body)
    } catch {
      return try serveBlocking(error, report: report, fallback)
    }
  }

  func serveBlocking<Value>(
    _ failure: any Error, report: CallReport?, _ fallback: (any Error) throws -> Value
  ) throws -> Value {
    if failure is CancellationError { throw failure }
    do {
      let value = try fallback(failure)
      noteServed(report)
      return value
    } catch {
      throw bothFailed(failure, error)
    }
  }

  func serve<Value>(
    _ failure: any Error, report: CallReport?, isolation: isolated (any Actor)? = #isolation,
    _ fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    if failure is CancellationError { throw failure }
    do {
      let value = try await fallback(failure)
      noteServed(report)
      return value
    } catch {
      if Task.isCancelled { throw CancellationError() }
      throw bothFailed(failure, error)
    }
  }

  private func bothFailed(_ failure: any Error, _ second: any Error) -> any Error {
    if second is CancellationError { return second }
    return ResilienceError(
      .fallbackFailed, operation: operation, layer: .fallback, name: Plan.callSite, cause: failure,
      fallbackError: second, history: (failure as? ResilienceError)?.history ?? [])
  }

  private func noteServed(_ report: CallReport?) {
    report?.serve(fallback: Plan.callSite, age: nil)
    guard let observer else { return }
    observer(
      ResilienceEvent(
        .fallbackServed(kind: "call", age: nil), operation: operation, layer: .fallback, name: Plan.callSite,
        location: nil, generation: generation, at: time.now))
  }
}
