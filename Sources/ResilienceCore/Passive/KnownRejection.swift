import Synchronization

/// The error of an open breaker, made once for the whole of its open time: callers who are turned away meanwhile are thrown the same one.
///
/// Breakers open when much goes wrong, and then rejecting must cost nothing: making this error anew is some hundred times the work of
/// throwing it.
final class KnownRejection: Sendable {
  private struct Known {
    let layer: Int
    let until: Instant
    let error: any Error
  }

  private let known = Mutex<Known?>(nil)

  /// The error of this layer's breaker while it is open until that instant.
  func error(of layer: Int, until: Instant, make: () -> any Error) -> any Error {
    if let error = known.withLock({ $0?.layer == layer && $0?.until == until ? $0?.error : nil }) { return error }
    let error = make()
    let old = known.withLock { known in
      let old = known
      known = Known(layer: layer, until: until, error: error)
      return old
    }
    // Let go without the lock.
    withExtendedLifetime(old) {}
    return error
  }
}

extension PassiveCall {
  /// The error of a call that an open breaker stopped, if that is all there is to say: nobody observes, nothing is held, and no fallback of the
  /// plan stands in. `nil`: the call goes on the long way.
  var rejection: (any Error)? {
    guard hasBegun, !runsBody, let plan = reference else { return nil }
    return plan.look { plan in
      let step = plan.passive.step(steps)
      guard step.rejectsAlone, plan.observer == nil, case .breaker(let breaker, _) = step.mechanism,
        let until = breaker.look({ $0.rejectsUntil(at: plan.time.coarseNow) })
      else { return nil }
      return plan.rejection.error(of: step.layer, until: until) {
        let layer = plan.layers[step.layer]
        return ResilienceError(
          RejectionReason.breakerOpen.code, operation: plan.operation, layer: layer.kind,
          name: breaker.look { $0.name },
          comeBack: .at(until, on: plan.time))
      }
    }
  }
}
