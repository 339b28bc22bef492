/// The error of an open breaker, made once for the whole of its open time: callers who are turned away meanwhile are thrown the same one.
///
/// Breakers open when much goes wrong, and then rejecting must cost nothing: making this error anew is some hundred times the work of
/// throwing it, and a lock around it would be a fifth of the rest.
struct KnownRejection: ~Copyable, Sendable {
  final class Known: Sendable {
    let layer: Int
    let until: Instant
    let error: any Error

    init(layer: Int, until: Instant, error: any Error) {
      self.layer = layer
      self.until = until
      self.error = error
    }
  }

  private let known = SwapPlace<Known>(nil, in: ReadDomain.next())

  /// The error of this layer's breaker while it is open until that instant, if it was made before.
  @inline(__always)
  func error(of layer: Int, until: Instant) -> (any Error)? {
    let section = known.enter()
    defer { known.leave(parity: section.parity) }
    return section.value?.look { $0.layer == layer && $0.until == until ? $0.error : nil }
  }

  /// Puts another error in the place of the one that is known.
  func keep(_ error: any Error, of layer: Int, until: Instant) {
    known.put(Known(layer: layer, until: until, error: error))
    known.collect()
  }
}

extension PassiveCall {
  /// The error of a call that an open breaker stopped, if that is all there is to say: nobody observes, nothing is held, and no fallback of the
  /// plan stands in. `nil`: the call goes on the long way.
  var rejection: (any Error)? {
    guard isStopped, let plan = reference else { return nil }
    return plan.look { plan in
      let step = plan.passive.step(steps)
      guard step.rejectsAlone, plan.observer == nil, case .breaker(let breaker, _) = step.mechanism,
        let until = breaker.look({ $0.rejectsUntil(at: plan.time.coarseNow) })
      else { return nil }
      return plan.rejection.error(of: step.layer, until: until) ?? plan.makeRejection(by: breaker, step.layer, until)
    }
  }
}

extension Plan {
  @inline(never)
  fileprivate func makeRejection(
    by breaker: UncountedReference<CircuitBreaker>, _ layer: Int, _ until: Instant
  ) -> any Error {
    let error = ResilienceError(
      RejectionReason.breakerOpen.code, operation: operation, layer: layers[layer].kind,
      name: breaker.look { $0.name }, comeBack: .at(until, on: time))
    rejection.keep(error, of: layer, until: until)
    return error
  }
}
