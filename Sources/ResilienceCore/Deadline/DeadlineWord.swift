/// A limit on the machine's clock in one word, which is bound and unbound without counting a reference or asking its type how.
struct DeadlineWord: Sendable {
  let bits: UInt64

  /// An instant 146 years after the clock's origin, or later, is the end of time.
  init(_ instant: Instant, cancels: Bool) {
    bits = min(instant.nanoseconds, Self.endOfTime) << 2 | (cancels ? 2 : 0) | 1
  }

  /// `nil`: no limit has this word.
  init?(bits: UInt64) {
    guard bits & 1 != 0 else { return nil }
    self.bits = bits
  }

  private static let endOfTime = UInt64.max >> 2

  var instant: Instant {
    let nanoseconds = bits >> 2
    return nanoseconds == Self.endOfTime ? .distantFuture : Instant(nanoseconds: nanoseconds)
  }

  var cancels: Bool { bits & 2 != 0 }
}
