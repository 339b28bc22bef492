/// Runs `body` and cancels it at `instant`; it is awaited however long it takes to notice.
///
/// Cancelling the caller cancels the body too. The body keeps the caller's isolation and starts on the caller's thread at once.
package func withCancellation<Value>(
  at instant: Instant, on time: TimeSource, isolation: isolated (any Actor)? = #isolation,
  _ body: () async throws -> Value
) async -> TimedResult<Value> {
  var result = Result<Value, any Error>.failure(notStarted)
  let end = await withCancellingTimer(at: instant, on: time, isolation: isolation) {
    do { result = .success(try await body()) } catch { result = .failure(error) }
  }
  return TimedResult(result: result, fired: end.fired, ended: end.ended)
}

/// Boxed once: an error in a call's frame would be an allocation a call.
private let notStarted: any Error = CancellationError()

/// Runs a body that keeps its result itself, and cancels it at `instant`; otherwise as `withCancellation`.
///
/// Nothing here is generic: metadata of generic types that are made at run time would cost a quarter of the whole.
package func withCancellingTimer(
  at instant: Instant, on time: TimeSource, isolation: isolated (any Actor)? = #isolation, _ body: () async -> Void
) async -> TimedEnd {
  var end = TimedEnd(fired: false, ended: instant)
  await inChildTask(isolation: isolation) {
    // Around an asynchronous closure it would leave the caller's actor and come back. The reference is used while this task
    // runs and no longer: disarming waits for a timer that is about to.
    let task = unsafe withUnsafeCurrentTask { task in unsafe task }
    // Armed first: a body that never suspends would be over before a timer that is armed beside it.
    let token =
      if let task = unsafe task { unsafe Optional(time.arm(at: instant, .cancel(task))) } else { TimerToken?.none }
    await body()
    end.ended = time.now
    if let token { end.fired = !time.disarm(token) && end.ended >= instant }
  }
  if Task.isCancelled { end.fired = false }
  return end
}

/// Runs `body` as the only child of this task: what Swift can cancel is a task.
private func inChildTask(isolation: isolated (any Actor)?, _ body: () async -> Void) async {
  await withoutActuallyEscaping(body) { body in
    // The child runs it while this function waits: nothing is shared, although the compiler cannot see that.
    nonisolated(unsafe) let body = body
    await withDiscardingTaskGroup { group in
      if #available(macOS 26, iOS 26, watchOS 26, tvOS 26, visionOS 26, *) {
        group.addImmediateTask {
          _ = isolation
          await unsafe body()
        }
      } else {
        group.addTask {
          _ = isolation
          await unsafe body()
        }
      }
    }
  }
}
