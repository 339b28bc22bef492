import Resilience
import Synchronization

/// The demo as it happens: scenes, events and a row of counts each second.
final class Timeline: Sendable {
  private static let margin = 8
  private static let cell = 24

  private let screen: Screen
  private let turn = Mutex(())

  init(on screen: Screen) { self.screen = screen }

  /// What the signs mean, and the heads of the columns.
  func begin() {
    let outcomes = CallOutcome.allCases.map { outcome in
      "\(screen.sign(of: outcome))\(screen.sign(" ", ""))\(outcome)"
    }
    let states = [BreakerStateName.closed, .halfOpen, .open].map { "\(screen.sign(of: $0)) \($0.rawValue)" }
    let heads = DemoOperation.allCases.enumerated().reduce("") { heads, operation in
      heads.padded(to: operation.offset * Self.cell) + operation.element.rawValue
    }
    turn.withLock { _ in
      screen.show("calls in a second: \(outcomes.joined(separator: "   "))")
      screen.show("breaker:           \(states.joined(separator: "   "))")
      screen.show()
      screen.show(screen.paint(String(repeating: " ", count: Self.margin) + heads, .bold))
    }
  }

  /// Something that the demo does.
  func scene(_ text: String, at time: Duration) {
    turn.withLock { _ in
      screen.show(text, after: "\(Seconds.show(time)) s".leading(to: 8) + "  \(screen.sign("▶", ">")) ", .bold)
    }
  }

  /// Something that a policy decided.
  func tell(_ text: String, at time: Duration, _ colour: Screen.Colour) {
    turn.withLock { _ in
      screen.show(text, after: "\(Seconds.show(time)) s".leading(to: 8) + "    ", colour)
    }
  }

  /// The calls of the last second and the states of the breakers now.
  func row(second: Int, _ counts: [DemoOperation: Ledger.Counts], _ breakers: BreakerHistory) {
    var line = "\(second) s".leading(to: 6)
    var end = line.count
    for (index, operation) in DemoOperation.allCases.enumerated() {
      line += String(repeating: " ", count: max(1, Self.margin + index * Self.cell - end))
      let cell = cell(counts[operation] ?? Ledger.Counts(), breakers.state(of: operation.breaker))
      line += cell.painted
      end = max(end + 1, Self.margin + index * Self.cell) + cell.width
    }
    turn.withLock { [line] _ in screen.show(line) }
  }

  private func cell(_ counts: Ledger.Counts, _ state: BreakerStateName) -> (painted: String, width: Int) {
    let sign = screen.sign(of: state)
    var painted = screen.paint(sign, screen.colour(of: state))
    var width = sign.count
    for outcome in CallOutcome.allCases where counts[outcome] > 0 {
      let count = " \(screen.sign(of: outcome))\(counts[outcome])"
      painted += screen.paint(count, screen.colour(of: outcome))
      width += count.count
    }
    return (painted, width)
  }
}

/// Seconds with one decimal.
enum Seconds {
  static func show(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    return "\(seconds).\(attoseconds / 100_000_000_000_000_000)"
  }
}
