import Synchronization

/// Runs calls of a plan for code that does not suspend.
extension Plan {
  /// Runs `body` under this plan on this thread.
  ///
  /// A blocking body cannot be interrupted: every timeout only observes, and a body that ends late is a timeout. Waits
  /// block the thread. A fallback that is asynchronous code runs in a task that this thread waits for.
  package func runBlocking<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, judge: (Value) -> FailureFacts?,
    _ body: () throws -> Value
  ) throws -> Value {
    var place = ValuePlace<Value>()
    try conductBlocking(labels, report, failedValueThrows: false) {
      place.fillBlocking(judge: judge, body)
    } place: {
      place.perform($0)
    }
    return try place.taken()
  }

  /// Runs `body` under this plan on this thread; every value that it returns is a success.
  package func runBlocking<Value>(
    labels: [String: String] = [:], report: CallReport? = nil, _ body: () throws -> Value
  ) throws -> Value {
    try runBlocking(labels: labels, report: report, judge: { _ in nil }, body)
  }

  /// Conducts a call from its entry to its end. When it returns, the value lies in its place. See
  /// ``conduct(_:_:failedValueThrows:attempt:place:)``.
  func conductBlocking(
    _ labels: [String: String], _ report: CallReport?, failedValueThrows: Bool, attempt: () -> BodyOutcome,
    place: (ValueErrand) -> Bool
  ) throws {
    let inherited = BoundDeadline.current
    var call = Call(self, labels: labels, inherited: inherited, failedValueThrows: failedValueThrows)
    var end = CallEnd()
    var next = call.enter(at: time.now)
    if !hasLimits, case .attempt = next {
      let outcome = attempt()
      let ended = TimedEnd(fired: false, ended: time.now)
      next = end.take(outcome, ended, of: self, for: &call, callerIsCancelled: false)
      if case .finished(.success) = next, keepers.isEmpty { return }
    }
    try recoverBlocking(&call, from: next, end, report, attempt: attempt, place: place)
  }

  /// Takes a call from where it stands to its end.
  func recoverBlocking(
    _ call: inout Call, from first: Next, _ soFar: CallEnd, _ report: CallReport?, attempt: () -> BodyOutcome,
    place: (ValueErrand) -> Bool
  ) throws {
    var end = soFar
    var next = first
    while true {
      switch next {
      case .attempt:
        let (outcome, ended) = call.bodyLimit.runBlocking(attempt, within: call.inherited?.instant, on: time)
        next = end.take(outcome, ended, of: self, for: &call, callerIsCancelled: false)
      case .wait(let instant):
        time.blockThread(until: instant)
        next = call.waitEnded(.granted, at: time.now)
      case .queue(let waiter, let until):
        next = call.waitEnded(waiter.block(until: until, on: time), at: time.now)
      case .fallback(let layer, let step):
        let context = call.fallbackContext(causedBy: end.error)
        let served = serveBlocking(layer: layer, step: step, context: context, report: report, into: &end, place)
        next = call.fallbackEnded(served, at: time.now)
      case .hedge:
        // A call that was not made for hedging never asks for this.
        next = call.hedgeCancelled(at: time.now)
      case .inject(let layer):
        next = call.valueInjected(end.inject(from: layer, of: self, place), at: time.now)
      case .finished(let verdict):
        return try finish(verdict, of: call, with: end, report: report, place)
      }
    }
  }

  private func serveBlocking(
    layer: Int, step: Int, context: FallbackContext, report: CallReport?, into end: inout CallEnd,
    _ place: (ValueErrand) -> Bool
  ) -> FallbackEnd {
    guard let link = fallbackStep(layer: layer, step: step) else { return .unavailable }
    if let ready = serveWithoutCode(link, labels: context.labels, into: place) {
      return end.take(ready, by: link, report: report, callerIsCancelled: false)
    }
    let made = supervisor.blockThread(on: time) { [self] in await makeWithCode(link, context: context) }
    let served = serve(made ?? .failure(CancellationError()), by: link, into: place)
    return end.take(served, by: link, report: report, callerIsCancelled: false)
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
