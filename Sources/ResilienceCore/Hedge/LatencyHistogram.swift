/// How often a time was measured, in buckets whose width grows with the time.
///
/// Below 16 steps of 1.024 µs each step is a bucket; above, each doubling has 16 buckets of equal width, as in HdrHistogram (Tene).
/// So a bucket is at most a sixteenth of its own times wide, and 464 buckets reach to 73 minutes; the last holds everything
/// longer. Adding is O(1) and allocates nothing.
struct LatencyHistogram: Hashable, Sendable {
  private static let unitShift: UInt64 = 10
  private static let divisionShift: UInt64 = 4
  private static let divisions: UInt64 = 1 << divisionShift
  private static let largestUnits = UInt64(UInt32.max)
  static let bucketCount = bucket(of: .max) + 1

  private var counts = ContiguousArray<UInt32>(repeating: 0, count: bucketCount)
  private(set) var total: UInt64 = 0

  mutating func add(_ nanoseconds: UInt64) {
    let bucket = Self.bucket(of: nanoseconds)
    let (sum, overflow) = counts[bucket].addingReportingOverflow(1)
    guard !overflow else { return }
    counts[bucket] = sum
    total += 1
  }

  mutating func clear() {
    for bucket in counts.indices { counts[bucket] = 0 }
    total = 0
  }

  subscript(bucket: Int) -> UInt64 { UInt64(counts[bucket]) }

  /// The bucket that a time falls into.
  static func bucket(of nanoseconds: UInt64) -> Int {
    let units = min(nanoseconds >> unitShift, largestUnits)
    guard units >= divisions else { return Int(units) }
    let exponent = UInt64(63 - units.leadingZeroBitCount)
    let division = (units >> (exponent - divisionShift)) & (divisions - 1)
    return Int((exponent - divisionShift + 1) * divisions + division)
  }

  /// No time in the bucket is longer, except in the last one.
  static func longest(in bucket: Int) -> UInt64 {
    let bucket = UInt64(bucket)
    guard bucket >= divisions else { return (bucket + 1) << unitShift }
    let shift = bucket / divisions - 1
    return ((divisions + bucket % divisions + 1) << shift) << unitShift
  }
}
