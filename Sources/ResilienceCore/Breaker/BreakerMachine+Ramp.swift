/// Between the verdict of the probes and closed, growing shares of the calls are let through.
///
/// A step lasts for the open time just served and is over with the first call after that: so each step is served by calls, and a
/// quiet time does not lead from a few calls to all of them. The window is one for all steps.
extension BreakerMachine {
  mutating func admitShare(
    _ step: RampStep, served: Opening, at now: Instant, chance: Chance, _ changes: BreakerChanges
  ) -> Admission {
    var (step, changes) = (step, changes)
    let isOver = now >= step.began.advanced(by: served.lasts)
    if isOver { step = RampStep(index: step.index + 1, began: now) }
    guard numbers.ramp.indices.contains(step.index) else {
      transition(to: .closed)
      return .admit(permit(at: now), changes + dated(.closed(from: .ramping), at: now))
    }
    let share = numbers.ramp[step.index]
    if isOver {
      stay(.ramping(step, served: served))
      changes.append(dated(.ramping(step: step.index + 1, of: numbers.ramp.count, share: share), at: now))
    }
    guard chance.happens(share) else {
      return turnAway(.probing, for: now.nanoseconds(to: step.began.advanced(by: served.lasts)), changes)
    }
    return .admit(permit(at: now), changes)
  }
}
