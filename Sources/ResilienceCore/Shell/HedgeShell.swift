/// Runs the legs of a hedge, each in a task of the supervisor's.
///
/// The call that races is advanced by its caller's task alone; legs tell it of themselves through ``LegNews``. So no lock
/// stands around the call, and what happened in which order is one list.
extension LegWork {
  /// Does what a race asks for until it is over. What the leg that has the last word left behind is the call's then.
  ///
  /// - Parameter outer: The race that the call is itself a leg of.
  func race(
    _ call: inout Call, _ first: HedgeStep, into end: inout CallEnd, _ place: inout ValuePlace<Value>,
    within outer: LegNews<Value>? = nil
  ) async -> Next {
    let news = LegNews<Value>(within: outer, asLeg: call.legNumber)
    var tasks: [Task<Void, Never>] = []
    var ends: [Int: LegResult<Value>] = [:]
    var next = Next.hedge(first)
    while case .hedge(let step) = next {
      switch step {
      case .start where Task.isCancelled:
        next = call.hedgeCancelled(byLimit: outer?.isLeftByLimit ?? false, at: plan.time.now)
      case .start(let leg):
        tasks.append(start(leg, news))
        next = call.legStarted(at: plan.time.now)
      case .wait(let until):
        let wait = await news.wait(until: until, on: plan.time)
        next = tell(&call, of: news.take(), after: wait, step, &ends, within: outer)
      case .settle(let settlement):
        news.leave(settlement)
        for leg in settlement.running where tasks.indices.contains(leg) { tasks[leg].cancel() }
        let result = settlement.answer.flatMap { ends[$0] }
        end = result?.end ?? CallEnd()
        place.value = result?.value
        return call.hedgeSettled(at: plan.time.now)
      }
    }
    return next
  }

  /// Tells the call what the legs did, in their order, and then what ended the wait.
  ///
  /// A success that was first stands against an instant and against the caller's cancellation. While the caller is cancelled every
  /// other end is one of being cancelled, whatever it says.
  private func tell(
    _ call: inout Call, of items: [LegNews<Value>.Item], after wait: WaitEnd, _ step: HedgeStep,
    _ ends: inout [Int: LegResult<Value>], within outer: LegNews<Value>?
  ) -> Next {
    var next = Next.hedge(step)
    for item in items {
      switch item {
      case .attemptStarted(let leg, let instant): call.legAttemptStarted(leg, at: instant)
      case .ended(let leg, let legEnd, let result, let instant):
        guard legEnd.isSuccess || !Task.isCancelled else { continue }
        ends[leg] = result
        next = call.legEnded(leg, legEnd, at: instant)
        if case .hedge(.settle) = next { return next }
      }
    }
    switch wait {
    case .granted: return next
    case .expired: return call.hedgeWaitEnded(at: plan.time.now)
    case .cancelled:
      return call.hedgeCancelled(byLimit: outer?.isLeftByLimit ?? false, at: plan.time.now)
    }
  }

  private func start(_ leg: Leg, _ news: LegNews<Value>) -> Task<Void, Never> {
    news.begin()
    return plan.supervisor.start(on: plan.time) { await run(leg, news) }
  }

  /// Runs one leg to its verdict. One that was left before it began does nothing.
  private func run(_ leg: Leg, _ news: LegNews<Value>) async {
    var end = CallEnd()
    var place = ValuePlace<Value>()
    var legEnd = LegEnd.notEntered
    if !Task.isCancelled {
      var call = Call(leg)
      let first = call.enter(at: plan.time.now)
      _ = await plan.drive(&call, from: first, into: &end, report: report) { limit in
        news.attemptStarted(leg.number, at: plan.time.now)
        let run = await runBody(within: limit, of: news, into: &place)
        return news.overtaken(run)
      } race: { call, step, end in
        await race(&call, step, into: &end, &place, within: news)
      } place: {
        place.perform($0)
      }
      legEnd = call.legEnd
    }
    news.legEnded(leg.number, legEnd, LegResult(end: end, value: place.value), at: plan.time.now)
  }
}

/// What one leg left behind.
struct LegResult<Value: Sendable>: Sendable {
  let end: CallEnd
  let value: Value?
}
