internal import ResilienceCore

/// When a file that changes has changed: once nothing more came for a while, or when it goes on for too long.
///
/// ```
/// still ── change ──▶ moving ── quiet, or at the limit ──▶ still
///            ▲            │
///            └── change ──┘
/// ```
struct QuietTime {
  /// How long nothing may come before a change is over.
  static let quiet: UInt64 = 100_000_000
  /// A change that never rests is taken as it is after this.
  static let limit: UInt64 = 2_000_000_000

  private var moving: (since: Instant, last: Instant)?

  /// When to look; `nil` while nothing moves.
  var due: Instant? {
    moving.map { min($0.last.advanced(by: Self.quiet), $0.since.advanced(by: Self.limit)) }
  }

  mutating func noteChange(at now: Instant) { moving = (moving?.since ?? now, now) }

  /// Whether a change is over. Answers yes once for each.
  mutating func isOver(at now: Instant) -> Bool {
    guard let due, now >= due else { return false }
    moving = nil
    return true
  }
}
