import Resilience

/// The signs, names and colours of outcomes and breaker states.
extension Screen {
  func sign(of outcome: CallOutcome) -> String {
    switch outcome {
    case .ok: sign("✓", "ok ")
    case .retried: sign("↻", "re ")
    case .fallback: sign("↩", "fb ")
    case .rejected: sign("⊘", "rj ")
    case .failed: sign("✗", "fl ")
    }
  }

  func colour(of outcome: CallOutcome) -> Colour {
    switch outcome {
    case .ok: .green
    case .retried, .fallback: .yellow
    case .rejected, .failed: .red
    }
  }

  /// A breaker's state in a row of counts.
  func sign(of state: BreakerStateName) -> String {
    switch state {
    case .closed: sign("●", "C")
    case .halfOpen: sign("◐", "H")
    default: sign("○", "O")
    }
  }

  /// A breaker's state in a band.
  func column(of state: BreakerStateName) -> String {
    switch state {
    case .closed: sign("─", "-")
    case .halfOpen: sign("▒", "+")
    default: sign("█", "#")
    }
  }

  func colour(of state: BreakerStateName) -> Colour {
    switch state {
    case .closed: .green
    case .halfOpen: .yellow
    default: .red
    }
  }
}
