internal import ResilienceCore

/// A time in which the callee behaves in one way.
package struct UpstreamPhase: Hashable, Sendable {
  enum Behaviour: Hashable, Sendable {
    case success(takes: UInt64)
    case failure(errorClass: String, takes: UInt64)
    case hang
    /// Times as the curve says; a share of the calls fails.
    case mixed(LatencyCurve, errors: Ratio)
  }

  let behaviour: Behaviour
  /// The text that it was written as, without its duration.
  package let text: String
  /// Nanoseconds from the beginning of the simulation.
  package let starts: UInt64
  /// The end of time for the last phase.
  package let ends: UInt64
}

/// What the callee does from phase to phase: an attempt goes by the phase in which it starts.
package struct UpstreamModel: Sendable {
  /// In order, without gaps; never empty.
  package let phases: [UpstreamPhase]
  /// The classes of failures that phases name, `other` included.
  package var errorClasses: [String] {
    phases.compactMap { if case .failure(let name, _) = $0.behaviour { name } else { nil } } + ["other"]
  }
}

/// A model in use: what it drew so far, and which phase it is in.
struct Upstream {
  private let phases: [UpstreamPhase]
  private let classIndices: [Int]
  private let other: Int
  private let chance: Chance
  private var phase = 0

  /// - Parameter classes: The run's table of classes; a class that is not in it counts as its last.
  init(_ model: UpstreamModel, classes: [String], chance: Chance) {
    phases = model.phases
    let other = classes.firstIndex(of: "other") ?? classes.count - 1
    classIndices = model.phases.map { phase in
      guard case .failure(let name, _) = phase.behaviour else { return other }
      return classes.firstIndex(of: name) ?? other
    }
    self.other = other
    self.chance = chance
  }

  /// What an attempt does that starts now; never asked about an earlier instant than before.
  mutating func attempt(at now: UInt64) -> CalleeAttempt {
    while now >= phases[phase].ends, phase < phases.count - 1 { phase += 1 }
    switch phases[phase].behaviour {
    case .success(let takes): return CalleeAttempt(.success, takes: takes)
    case .failure(_, let takes):
      return CalleeAttempt(.failure(classIndex: classIndices[phase], retryAfter: nil), takes: takes)
    case .hang: return CalleeAttempt(.never)
    case .mixed(let curve, let errors):
      let fails = errors > .zero && chance.happens(errors)
      return CalleeAttempt(
        fails ? .failure(classIndex: other, retryAfter: nil) : .success, takes: curve.time(drawn: chance.next()))
    }
  }
}
