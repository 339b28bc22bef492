import Synchronization

/// Runs calls of a plan for code that does not suspend.
extension Plan {
  /// Runs `body` under this plan on this thread.
  ///
  /// A blocking body cannot be interrupted: every timeout only observes, and a body that ends late is a timeout. Waits
  /// block the thread. A fallback that is asynchronous code runs in a task that this thread waits for.
  package func runBlocking<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, judge: (Value) -> FailureFacts?,
    failedValueThrows: Bool = false, _ body: () throws -> Value
  ) throws -> Value {
    let inherited = CallDeadline.current
    var call = Call(self, labels: labels, inherited: inherited, failedValueThrows: failedValueThrows)
    let first = call.enter(at: time.now)
    guard !hasLimits, case .attempt = first else {
      return try recoverBlocking(&call, from: first, BodyEnd(), inherited, report, judge, body)
    }
    let value: Value
    do {
      value = try body()
    } catch {
      let next = call.attemptEnded(attemptEnd(of: error, callerIsCancelled: false), at: time.now)
      return try recoverBlocking(&call, from: next, BodyEnd(error: error), inherited, report, judge, body)
    }
    let next = call.attemptEnded(attemptEnd(of: value, judge(value)), at: time.now)
    if case .finished(.success) = next, keepers.isEmpty { return value }
    return try recoverBlocking(&call, from: next, BodyEnd(value: value), inherited, report, judge, body)
  }

  /// Takes a call from where it stands to its verdict.
  func recoverBlocking<Value>(
    _ call: inout Call, from first: Next, _ soFar: BodyEnd<Value>, _ inherited: CallDeadline?,
    _ report: CallReport?, _ judge: (Value) -> FailureFacts?, _ body: () throws -> Value
  ) throws -> Value {
    var end = soFar
    var next = first
    while true {
      switch next {
      case .attempt:
        let run = runBlockingBody(body, told: call.bodyLimit.told, inherited: inherited)
        next = end.take(run, of: self, for: &call, callerIsCancelled: false, judge: judge)
      case .wait(let instant):
        time.blockThread(until: instant)
        next = call.waitEnded(.granted, at: time.now)
      case .queue(let waiter, let until):
        next = call.waitEnded(waiter.block(until: until, on: time), at: time.now)
      case .fallback(let layer, let step):
        let context = call.fallbackContext(causedBy: end.error)
        let served = serveBlocking(layer: layer, step: step, context: context, report: report, into: &end)
        next = call.fallbackEnded(served, at: time.now)
      case .hedge:
        // A call that was not made for hedging never asks for this.
        next = call.hedgeCancelled(at: time.now)
      case .inject(let layer):
        next = call.valueInjected(end.inject(from: layer, of: self), at: time.now)
      case .finished(let verdict):
        return try finish(verdict, of: call, with: end, report: report)
      }
    }
  }

  /// Runs `body` under this plan on this thread; every value that it returns is a success.
  package func runBlocking<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () throws -> Value
  ) throws -> Value {
    try runBlocking(labels: labels, report: report, judge: { _ in nil }, body)
  }

  private func runBlockingBody<Value>(
    _ body: () throws -> Value, told: Instant?, inherited: CallDeadline?
  ) -> BodyRun<Value> {
    let result: Result<Value, any Error>
    if let told, told != inherited?.instant {
      result = Result { try CallDeadline(told, on: time, cancels: false).bindBlocking(body) }
    } else {
      result = Result { try body() }
    }
    return .ended(TimedResult(result: result, fired: false, ended: time.now))
  }

  private func serveBlocking<Value>(
    layer: Int, step: Int, context: FallbackContext, report: CallReport?, into end: inout BodyEnd<Value>
  ) -> FallbackEnd {
    guard let link = fallbackStep(layer: layer, step: step) else { return .unavailable }
    if let ready = serveWithoutCode(link, labels: context.labels, as: Value.self) {
      return end.take(ready, by: link, report: report, callerIsCancelled: false)
    }
    let made = supervisor.blockThread(on: time) { [self] in await makeWithCode(link, context: context) }
    return end.take(
      cast(made ?? .failure(CancellationError()), by: link), by: link, report: report, callerIsCancelled: false)
  }
}

extension Supervisor {
  /// Runs asynchronous code in a task and blocks this thread until it ends.
  fileprivate func blockThread<Value: Sendable>(
    on time: TimeSource, _ body: @escaping @Sendable () async -> Value
  ) -> Value? {
    let made = MadeValue<Value>()
    let waiter = Waiter()
    _ = start(on: time) {
      let value = await body()
      made.slot.withLock { $0 = value }
      _ = waiter.grant()
    }
    _ = waiter.block(until: nil, on: time)
    return made.slot.withLock { $0 }
  }
}

/// Carries a value from a task to the thread that waits for it.
private final class MadeValue<Value: Sendable>: Sendable {
  let slot = Mutex<Value?>(nil)
}
