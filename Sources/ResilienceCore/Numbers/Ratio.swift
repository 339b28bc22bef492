/// A share between 0 % and 100 %, exact to one part in a million.
///
/// Kept as an integer so that "at the threshold" is a comparison of whole numbers and never of rounded floating point.
public struct Ratio: Hashable, Sendable, Comparable {
  /// Parts per million, 0 to 1,000,000.
  public let partsPerMillion: UInt32

  /// Makes a share from parts per million; anything above 1,000,000 is taken as 1,000,000.
  public init(partsPerMillion: UInt32) {
    self.partsPerMillion = min(partsPerMillion, 1_000_000)
  }

  /// Makes a share from a percentage; values outside 0…100 are clamped and fractions kept to four decimals.
  public static func percent(_ value: Double) -> Ratio {
    let clamped = value.isFinite ? min(max(value, 0), 100) : 0
    return Ratio(partsPerMillion: UInt32((clamped * 10_000).rounded()))
  }

  public static let zero = Ratio(partsPerMillion: 0)
  public static let one = Ratio(partsPerMillion: 1_000_000)

  /// The share as a number between 0 and 1.
  public var fraction: Double { Double(partsPerMillion) / 1_000_000 }

  public static func < (left: Ratio, right: Ratio) -> Bool { left.partsPerMillion < right.partsPerMillion }

  /// Whether `part` of `whole` is at least this share. A whole of zero reaches no share.
  package func isReached(by part: Int, of whole: Int) -> Bool {
    guard whole > 0 else { return false }
    return UInt64(clamping: part) * 1_000_000 >= UInt64(partsPerMillion) * UInt64(clamping: whole)
  }
}
