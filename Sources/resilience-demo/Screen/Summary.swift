import Resilience

/// What is shown at the end: every call by how it ended, and each breaker over time.
struct Summary {
  private static let firstColumn = 16
  private static let column = 9
  private static let bandColumns = 60

  let screen: Screen
  let ledger: Ledger
  let breakers: BreakerHistory
  let length: Duration

  func show() {
    table()
    screen.show()
    bands()
  }

  private func table() {
    let heads = ["calls"] + CallOutcome.allCases.map { "\($0)" } + ["lost"]
    let head = "operation".padded(to: Self.firstColumn) + heads.map { $0.leading(to: Self.column) }.joined()
    screen.show(screen.paint(head, .bold))
    for operation in DemoOperation.allCases {
      let counts = ledger.total(of: operation)
      let numbers = [counts.started] + CallOutcome.allCases.map { counts[$0] } + [counts.lost]
      let cells = numbers.map { "\($0)".leading(to: Self.column) }
      screen.show(operation.rawValue.padded(to: Self.firstColumn) + cells.joined())
    }
  }

  private func bands() {
    let step = length / Self.bandColumns
    let legend = [BreakerStateName.closed, .halfOpen, .open].map { "\(screen.column(of: $0)) \($0.rawValue)" }
    screen.show(screen.paint("breaker".padded(to: Self.firstColumn), .bold) + legend.joined(separator: "   "))
    for operation in DemoOperation.allCases {
      let band = (0..<Self.bandColumns).map { column in
        let state = state(of: operation.breaker, from: step * column, to: step * (column + 1))
        return screen.paint(screen.column(of: state), screen.colour(of: state))
      }
      screen.show(operation.breaker.padded(to: Self.firstColumn) + band.joined())
    }
    screen.show(String(repeating: " ", count: Self.firstColumn) + screen.paint(axis(), .dim))
  }

  /// Half-open if the breaker was so at any time in the span, else its state at the end: half-open is short and telling.
  private func state(of breaker: String, from start: Duration, to end: Duration) -> BreakerStateName {
    let inside = breakers.all(of: breaker).filter { $0.at > start && $0.at <= end }
    return inside.contains { $0.state == .halfOpen } ? .halfOpen : breakers.state(of: breaker, at: end)
  }

  private func axis() -> String {
    stride(from: 0, to: Int(length.components.seconds), by: 5).reduce("") { text, second in
      text.padded(to: Int(Double(Self.bandColumns) * (Duration.seconds(second) / length))) + "\(second) s"
    }
  }
}
