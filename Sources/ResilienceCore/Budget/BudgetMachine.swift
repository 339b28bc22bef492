/// A budget as a pure machine: what was tried in the last window, and what that allows.
///
/// Whole numbers throughout: everything is counted in millionths of a try, because a ratio is exact to a millionth.
package struct BudgetMachine: Hashable, Sendable {
  private static let millionths: UInt64 = 1_000_000

  private var settings: RetryBudgetSettings
  private var window: UInt64
  /// What the floor allows in a window, in millionths of a try, rounded down. Rounding changes no decision, because everything that
  /// it is compared with is whole.
  private var floor: UInt64
  private var firstTries = SlidingCount(.never)
  private var extraTries = SlidingCount(.always)

  package init(_ settings: RetryBudgetSettings) {
    self.settings = settings
    (window, floor) = Self.numbers(settings)
  }

  package mutating func noteFirstTry(at now: Instant) {
    firstTries.add(at: now, window: window)
  }

  package mutating func take(at now: Instant) -> Bool {
    guard tokens(at: now) > 0 else { return false }
    extraTries.add(at: now, window: window)
    return true
  }

  package mutating func tokens(at now: Instant) -> Int {
    let first = firstTries.count(at: now, window: window)
    let earned = first.multipliedSaturated(by: UInt64(settings.ratio.partsPerMillion)).addingSaturated(floor)
    let spent = extraTries.count(at: now, window: window)
    return Int(clamping: (earned / Self.millionths).subtractingSaturated(spent))
  }

  package mutating func update(_ settings: RetryBudgetSettings) {
    self.settings = settings
    (window, floor) = Self.numbers(settings)
  }

  private static func numbers(_ settings: RetryBudgetSettings) -> (window: UInt64, floor: UInt64) {
    let window = max(settings.window.nanoseconds, 1)
    let millionths = UInt64(settings.floor.count).multipliedSaturated(by: Self.millionths)
    return (window, millionths.scaled(by: window, over: settings.floor.period.nanoseconds))
  }
}
