package import ResilienceCore

/// Calls at an even pace, the first at the beginning.
package struct SteadyLoad: Hashable, Sendable {
  /// How many.
  package let calls: Int
  /// Call k begins k·`period` / `perPeriod` nanoseconds after the first, counted from 0.
  private let period: UInt64
  private let perPeriod: UInt64
  /// How long it lasts, where that was said; nanoseconds.
  package let lasts: UInt64?

  /// The most calls of one run.
  package static let limit = 1_000_000_000

  /// So many calls, each so many nanoseconds after the one before.
  package init(calls: Int, every interval: UInt64) {
    self.calls = min(max(calls, 0), Self.limit)
    period = interval
    perPeriod = 1
    lasts = nil
  }

  /// Calls at a rate, for so many nanoseconds; `nil` when they are more than ``limit``.
  package init?(_ rate: Rate, for time: UInt64) {
    period = rate.period.nanoseconds
    perPeriod = UInt64(rate.count)
    lasts = time
    let count = (UInt128(time) * UInt128(perPeriod) + UInt128(period) - 1) / UInt128(max(period, 1))
    guard count <= UInt128(Self.limit) else { return nil }
    calls = Int(count)
  }

  /// When the call with this number, from 1, begins.
  func start(ofCall number: Int) -> UInt64 {
    UInt64(clamping: number - 1).scaled(by: period, over: perPeriod)
  }
}
