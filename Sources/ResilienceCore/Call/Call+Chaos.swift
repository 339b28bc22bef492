extension Call {
  /// Enters a layer of chaos; `nil` when it leaves the call alone.
  mutating func enter(_ chaos: Chaos, layer: Int, at now: Instant) -> Next? {
    guard chaos.meets(labels, by: plan.chance) else { return nil }
    if let passed = limitPassed(at: now, outside: layer) {
      return timeOut(by: passed, at: now, ascendingFrom: layer - 1)
    }
    emit(.chaosInjected(effect: chaos.effect.word), layer: layer, at: now)
    switch chaos.effect {
    case .failure(let name):
      let classification = plan.classifier.classification(ofClass: name)
      beginAttempt(at: now)
      note(classification.classes, at: now)
      cause = .injected(layer: layer, classification)
      return ascend(from: layer - 1, at: now)
    case .delay(let time):
      // To everything around the layer this is a callee that takes its time.
      bodyRan = true
      pending = .chaos(layer: layer)
      return .wait(until: earliest(now.advanced(by: time), limit(outside: layer)) ?? now)
    case .value:
      pending = .chaos(layer: layer)
      return .inject(layer: layer)
    }
  }

  /// Goes on inwards after a wait that was injected, unless a limit ended it.
  mutating func delayEnded(layer: Int, at now: Instant) -> Next {
    if let passed = limitPassed(at: now, outside: layer) {
      return timeOut(by: passed, at: now, ascendingFrom: layer - 1)
    }
    return descend(from: layer + 1, at: now)
  }

  /// Goes on after ``Next/inject(layer:)``; `found`: whether there is a value of the type that the call returns.
  package mutating func valueInjected(_ found: Bool, at now: Instant) -> Next {
    guard case .chaos(let layer) = pending else { return finish() }
    pending = .nothing
    guard found else { return descend(from: layer + 1, at: now) }
    cause = .fallbackServed
    return ascend(from: layer - 1, at: now)
  }

  /// The error that stands for a failure that a layer injected.
  func injectedFailure(of layer: Int) -> InjectedFailure? {
    guard case .chaos(let chaos) = plan.layers[layer].mechanism, case .failure(let name) = chaos.effect else {
      return nil
    }
    return InjectedFailure(operation: plan.operation, name: plan.name(of: layer), failureClass: name)
  }
}
