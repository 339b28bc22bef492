extension Call {
  /// A call that stands where `passive` stands: behind all layers with its body at an end, or in front of the layer that stopped it.
  ///
  /// - Parameters:
  ///   - started: When it entered the layers, if that was measured.
  ///   - inherited: The limit of the call around it.
  init(
    resuming passive: PassiveCall, under plan: Plan, labels: [String: String], failedValueThrows: Bool,
    started: Instant?, inherited: CallDeadline?
  ) {
    self.init(plan, labels: labels, inherited: inherited, failedValueThrows: failedValueThrows)
    var number = 0
    let reached = passive.runsBody ? plan.layers.count : passive.stoppingLayer(of: plan)
    for layer in 0..<reached {
      switch plan.layers[layer].mechanism {
      case .retry: states[layer] = LayerState(first: 1)
      case .breaker, .bulkhead, .rateLimit:
        hold(plan.passive.step(number), passive, started: started)
        number += 1
      case .deadline(let limit), .timeout(let limit):
        // A plan with limits has no call whose start was not measured.
        states[layer] = LayerState(first: (started ?? .distantFuture).advanced(by: limit.after).nanoseconds)
      default: break
      }
    }
    guard passive.runsBody else { return }
    attempt = 1
    attemptStarted = started
    bodyRan = true
    pending = .body
  }

  private mutating func hold(_ step: PassiveStep, _ passive: PassiveCall, started: Instant?) {
    switch step.mechanism {
    case .breaker(_, let number):
      // Where nobody measured the start, the call is not slow: it began when the breaker did not ask for that.
      states[step.layer] = LayerState(
        first: passive.permit(number), third: (started ?? .distantFuture).nanoseconds)
      hold(step.layer)
    case .bulkhead: hold(step.layer)
    case .rateLimit: break
    }
  }

  /// Enters the layer that stopped a call on the short way, which now may say why.
  mutating func resumeDescent(_ passive: PassiveCall, at now: Instant) -> Next {
    descend(from: passive.stoppingLayer(of: plan), at: now)
  }
}

// MARK: - On the long way

extension PassiveCall {
  /// The layer that stopped the call, whose body did not run.
  fileprivate func stoppingLayer(of plan: Plan) -> Int { plan.passive.step(steps).layer }

  /// The plan, to keep.
  var counted: Plan? { reference?.counted }
}
