/// Ends calls whose caller brings a fallback of its own, outside of every layer of the plan.
///
/// It stands in for whatever the call would have ended with, a value that counts as a failure included, but never for a
/// cancellation. When it fails too, one error carries both failures.
extension Plan {
  package static let callSite = "call site"

  /// As ``runConcurrently(labels:report:judge:failedValueThrows:_:)``, with a fallback.
  package func runConcurrently<Value: Sendable>(
    labels: [String: String], report: CallReport?, judge: @escaping @Sendable (Value) -> FailureFacts?,
    _ body: @escaping @Sendable () async throws -> Value, fallback: (any Error) async throws -> Value
  ) async throws -> Value {
    do {
      return try await runConcurrently(labels: labels, report: report, judge: judge, failedValueThrows: true, body)
    } catch {
      var place = ValuePlace<Value>()
      try await standIn(for: error, report) { place.value = try await fallback($0) }
      return try place.taken()
    }
  }

  /// Runs the caller's fallback, which leaves its value in the call's place.
  func standIn(
    for failure: any Error, _ report: CallReport?, _ fallback: (any Error) async throws -> Void
  ) async throws {
    if failure is CancellationError { throw failure }
    do {
      try await fallback(failure)
      noteServed(report)
    } catch {
      if Task.isCancelled { throw CancellationError() }
      throw bothFailed(failure, error)
    }
  }

  /// As ``standIn(for:_:_:)``, on this thread.
  func standInBlocking(
    for failure: any Error, _ report: CallReport?, _ fallback: (any Error) throws -> Void
  ) throws {
    if failure is CancellationError { throw failure }
    do {
      try fallback(failure)
      noteServed(report)
    } catch {
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
