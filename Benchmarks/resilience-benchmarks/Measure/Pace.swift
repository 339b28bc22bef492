import Synchronization

/// How fast the machine is when its neighbours leave it alone, by the quickest that a piece of work has been that is always the same.
///
/// A virtual machine shares processors with others: what it gives can halve from one second to the next.
final class Pace: Sendable {
  private let least = Mutex(Double.infinity)

  /// Whether that work took about as long as it does when nothing disturbs it.
  func isUndisturbed(_ time: Double) -> Bool {
    least.withLock { least in
      least = min(least, time)
      return time <= 1.15 * least
    }
  }
}

/// What rounds gave, each beside a piece of work that is always the same: those count during which nothing disturbed the machine.
struct UndisturbedRounds: Sendable {
  private let wanted: Int
  private let pace: Pace
  private var rounds: [(bare: Double, value: Double)] = []
  private var undisturbed = 0
  /// On a machine that is always disturbed the rounds that were disturbed least have to do.
  private static let mostTries = 8

  init(_ wanted: Int, _ pace: Pace) {
    self.wanted = wanted
    self.pace = pace
  }

  var wantsMore: Bool { undisturbed < wanted && rounds.count < Self.mostTries * wanted }

  mutating func add(_ value: Double, bare: Double) {
    rounds.append((bare, value))
    if pace.isUndisturbed(bare) { undisturbed += 1 }
  }

  private var chosen: ArraySlice<(bare: Double, value: Double)> { rounds.sorted { $0.bare < $1.bare }.prefix(wanted) }
  var bare: [Double] { chosen.map(\.bare) }
  var values: [Double] { chosen.map(\.value) }
}
