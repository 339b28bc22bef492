/// How one link of a fallback chain ended.
package enum FallbackEnd {
  /// It made a value; `age` in nanoseconds for one that was kept.
  case served(age: UInt64?)
  /// It threw.
  case failed
  /// It has nothing to serve: no good value is young enough.
  case unavailable
  case cancelled
}

extension Call {
  /// The next link of a chain that takes this failure; `nil` when the call goes on outwards.
  mutating func nextFallback(of steps: [FallbackStep], layer: Int) -> Next? {
    guard let failure else { return nil }
    var state = states[layer]
    let first = min(Int(clamping: state.first), steps.count)
    guard let step = steps[first...].firstIndex(where: { !$0.handle.isDisjoint(with: failure.classes) }) else {
      if state.second != 0 { cause = .fallbackFailed(layer: layer, of: failure) }
      return nil
    }
    state.first = UInt64(step) + 1
    states[layer] = state
    pending = .fallback(layer: layer, step: step)
    return .fallback(layer: layer, step: step)
  }

  /// Goes on after ``Next/fallback(layer:step:)``.
  package mutating func fallbackEnded(_ end: FallbackEnd, at now: Instant) -> Next {
    guard case .fallback(let layer, let step) = pending,
      case .fallback(let steps) = plan.layers[layer].mechanism, steps.indices.contains(step)
    else { return finish() }
    pending = .nothing
    switch end {
    case .served(let age):
      cause = .fallbackServed
      let served = ResilienceEvent.Kind.fallbackServed(
        kind: steps[step].source.word, age: age.map { Duration(nanoseconds: $0) })
      emit(served, layer: layer, name: steps[step].name, at: now)
      return ascend(from: layer - 1, at: now)
    case .cancelled:
      cause = .cancelled
      return ascend(from: layer - 1, at: now)
    case .failed:
      states[layer].second = 1
      emit(.fallbackFailed(kind: steps[step].source.word), layer: layer, name: steps[step].name, at: now)
      return ascend(from: layer, at: now)
    case .unavailable:
      return ascend(from: layer, at: now)
    }
  }
}

extension FallbackStep.Source {
  /// The kind in the words of a policy file.
  package var word: String {
    switch self {
    case .value: "value"
    case .handler: "handler"
    case .operation: "operation"
    case .lastGood: "lastGood"
    }
  }
}
