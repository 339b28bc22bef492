/// A bulkhead in one word: how many run, how many may, whether somebody waits, and whether the limit is adaptive.
struct BulkheadWord: Hashable, Sendable {
  private static let waitFlag: UInt64 = 1 << 63
  private static let limitShift: UInt64 = 32
  private static let limitMask: UInt64 = 0x7FFF_FFFF
  private static let adaptiveFlag: UInt64 = 1 << 31
  private static let useMask: UInt64 = 0x7FFF_FFFF

  static let highestLimit = Int(limitMask)

  private(set) var bits: UInt64

  init(bits: UInt64) { self.bits = bits }

  init(limit: Int, isAdaptive: Bool = false) {
    bits = isAdaptive ? Self.adaptiveFlag : 0
    self.limit = limit
  }

  var hasPlace: Bool { inUse < limit }

  /// The word after somebody took a place, in the plain case: nobody waits, the limit is fixed, and there is a place.
  var entered: BulkheadWord? {
    // Below the limit there is room for one more in the lowest bits.
    bits & (Self.waitFlag | Self.adaptiveFlag) == 0 && hasPlace ? BulkheadWord(bits: bits &+ 1) : nil
  }

  /// Between 1 and 2³¹ − 1; other numbers are taken as the nearest of these.
  var limit: Int {
    get { Int(bits >> Self.limitShift & Self.limitMask) }
    set {
      let limit = UInt64(min(max(newValue, 1), Int(Self.limitMask)))
      bits = bits & ~(Self.limitMask << Self.limitShift) | limit << Self.limitShift
    }
  }

  /// Never below zero, whoever leaves twice.
  var inUse: Int {
    get { Int(bits & Self.useMask) }
    set { bits = bits & ~Self.useMask | UInt64(min(max(newValue, 0), Int(Self.useMask))) }
  }

  /// Whether calls are measured when they end.
  var isAdaptive: Bool {
    get { bits & Self.adaptiveFlag != 0 }
    set { bits = newValue ? bits | Self.adaptiveFlag : bits & ~Self.adaptiveFlag }
  }

  var someoneWaits: Bool {
    get { bits & Self.waitFlag != 0 }
    set { bits = newValue ? bits | Self.waitFlag : bits & ~Self.waitFlag }
  }
}
