import Resilience

/// Whether the story came out as it should.
struct Verdict {
  private let checks: [(claim: String, holds: Bool)]

  init(of demo: Demo) {
    let counts = DemoOperation.allCases.map(demo.ledger.total(of:))
    let reloads = demo.reporter.reloads
    func total(_ outcome: CallOutcome) -> Int { counts.reduce(0) { $0 + $1[outcome] } }
    checks = [
      ("every breaker opened", DemoOperation.allCases.allSatisfy { demo.opened($0) }),
      (
        "every breaker closed again",
        DemoOperation.allCases.allSatisfy { demo.breakers.state(of: $0.breaker) == .closed }
      ),
      (
        "calls were retried, served by fallbacks and turned away",
        total(.retried) > 0 && total(.fallback) > 0 && total(.rejected) > 0
      ),
      ("the file with mistakes was refused", reloads.refused.count == 1),
      ("the good file was applied", reloads.applied.count == 1),
      ("the open breaker of payments stayed open across the reload", Self.isRejection(reloads.firstDecision)),
      ("no call was lost", counts.allSatisfy { $0.started > 0 && $0.lost == 0 }),
    ]
  }

  /// Shows each claim and whether it holds.
  ///
  /// - Returns: Whether all do.
  func show(on screen: Screen) -> Bool {
    screen.show()
    for (claim, holds) in checks {
      let sign = holds ? screen.sign("✓", "yes") : screen.sign("✗", "NO ")
      screen.show(screen.paint("\(sign) \(claim)", holds ? .green : .red))
    }
    return checks.allSatisfy(\.holds)
  }

  private static func isRejection(_ decision: ResilienceEvent.Kind?) -> Bool {
    if case .rejected? = decision { true } else { false }
  }
}

extension Demo {
  fileprivate func opened(_ operation: DemoOperation) -> Bool {
    breakers.all(of: operation.breaker).contains { $0.state == .open }
  }
}
