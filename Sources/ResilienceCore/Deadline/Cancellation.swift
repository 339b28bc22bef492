/// Runs `body` and cancels it at `instant`; it is awaited however long it takes to notice.
///
/// Cancelling the caller cancels the body too. The body keeps the caller's isolation and starts on the caller's thread at once.
package func withCancellation<Value>(
  at instant: Instant, on time: TimeSource, isolation: isolated (any Actor)? = #isolation,
  _ body: () async throws -> Value
) async -> TimedResult<Value> {
  var result = Result<Value, any Error>.failure(notStarted)
  let (_, end) = await withCancellation(at: instant, telling: nil, on: time) {
    do { result = .success(try await body()) } catch { result = .failure(error) }
    return .good
  }
  return TimedResult(result: result, fired: end.fired, ended: end.ended ?? time.now)
}

/// Boxed once: an error in a call's frame would be an allocation a call.
private let notStarted: any Error = CancellationError()

/// Runs a body that keeps its value itself, and cancels it at `instant`; otherwise as above.
///
/// Nothing here is generic: metadata of generic types that are made at run time would cost a quarter of the whole.
///
/// - Parameters:
///   - deadline: What the body is told, if anything is.
///   - measures: Whether a body's end is measured that was good and certainly before `instant` and all that the body is told.
func withCancellation(
  at instant: Instant, telling deadline: CallDeadline?, on time: TimeSource, measures: Bool = true,
  isolation: isolated (any Actor)? = #isolation, _ attempt: () async -> BodyOutcome
) async -> (BodyOutcome, TimedEnd) {
  let (outcome, end) = await withoutActuallyEscaping(attempt) { attempt in
    let body = TimedBody(attempt, at: instant, telling: deadline, on: time, measures: measures)
    // What Swift can cancel is a task: the body is the only child of this one.
    await withDiscardingTaskGroup { group in
      if #available(macOS 26, iOS 26, watchOS 26, tvOS 26, visionOS 26, *) {
        group.addImmediateTask {
          _ = isolation
          await body.run()
        }
      } else {
        group.addTask {
          _ = isolation
          await body.run()
        }
      }
    }
    return (body.outcome, body.end)
  }
  return (outcome, TimedEnd(fired: end.fired && !Task.isCancelled, ended: end.ended))
}

/// A body in a task of its own, whose timer cancels that task.
///
/// Unchecked: the task runs it while the one that made it waits, so nothing is shared, although the compiler cannot see that.
private final class TimedBody: @unchecked Sendable {
  private let attempt: () async -> BodyOutcome
  private let instant: Instant
  private let deadline: CallDeadline?
  private let time: TimeSource
  private let measures: Bool
  private(set) var outcome = BodyOutcome.good
  private(set) var end: TimedEnd

  init(
    _ attempt: @escaping () async -> BodyOutcome, at instant: Instant, telling deadline: CallDeadline?,
    on time: TimeSource, measures: Bool
  ) {
    self.attempt = attempt
    self.instant = instant
    self.deadline = deadline
    self.time = time
    self.measures = measures
    end = TimedEnd(fired: false, ended: nil)
  }

  func run() async {
    // Armed first: a body that never suspends would be over before a timer that is armed beside it.
    let token = armTimer()
    outcome = await tellAndAttempt()
    let ended = isCertainlyInTime ? nil : time.now
    end.ended = ended
    // A timer is never early: whatever is certainly in time was not cancelled by it.
    if let token { end.fired = !time.disarm(token) && ended.map { $0 >= instant } ?? false }
  }

  /// Whether the body ended well and nobody has to know when.
  private var isCertainlyInTime: Bool {
    guard !measures, case .good = outcome else { return false }
    return time.coarseNow.isCertainlyBefore(min(instant, deadline?.instant ?? instant))
  }

  @inline(__always)
  private func tellAndAttempt() async -> BodyOutcome {
    guard let deadline else { return await attempt() }
    return await deadline.bindAttempt(attempt)
  }

  private func armTimer() -> TimerToken? {
    // The reference is used while this task runs and no longer: disarming waits for a timer that is about to.
    guard let task = TaskReference.current else { return nil }
    return time.arm(at: instant, .task(task))
  }
}
