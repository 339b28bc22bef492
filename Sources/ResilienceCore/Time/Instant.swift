/// A point on the engine's monotonic clock, in nanoseconds from an origin without meaning.
///
/// Arithmetic saturates: an instant past the end of time is the end of time.
@frozen public struct Instant: Hashable, Comparable, Sendable {
  public var nanoseconds: UInt64

  @inlinable public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  /// Later than every instant that a clock shows.
  public static let distantFuture = Instant(nanoseconds: .max)

  @inlinable public static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }

  /// This instant and `nanoseconds` more.
  @inlinable package func advanced(by nanoseconds: UInt64) -> Instant {
    let (sum, overflow) = self.nanoseconds.addingReportingOverflow(nanoseconds)
    return Instant(nanoseconds: overflow ? .max : sum)
  }

  /// Nanoseconds from this instant to a later one; zero when `later` is not later.
  @inlinable package func nanoseconds(to later: Instant) -> UInt64 {
    later.nanoseconds > nanoseconds ? later.nanoseconds - nanoseconds : 0
  }

  /// How far a coarse clock may be behind, in nanoseconds: a tick of the scheduler, which is 1 to 10 ms, and one more that comes late.
  private static var coarseLag: UInt64 { 20_000_000 }

  /// Whether this reading of a coarse clock says for certain that `other` lies ahead.
  @inline(__always)
  func isCertainlyBefore(_ other: Instant) -> Bool { advanced(by: Self.coarseLag) < other }

  /// The time from this instant to a later one; zero when `later` is not later.
  public func duration(to later: Instant) -> Duration { Duration(nanoseconds: nanoseconds(to: later)) }
}

extension Duration {
  /// Whole nanoseconds, saturating at both ends: a negative duration is zero.
  package var nanoseconds: UInt64 {
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    let (whole, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, carried) = whole.addingReportingOverflow(UInt64(attoseconds) / 1_000_000_000)
    return overflow || carried ? .max : sum
  }

  package init(nanoseconds: UInt64) {
    let rest = Int64(nanoseconds % 1_000_000_000)
    self.init(secondsComponent: Int64(nanoseconds / 1_000_000_000), attosecondsComponent: rest * 1_000_000_000)
  }
}
