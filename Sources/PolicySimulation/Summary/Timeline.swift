/// Calls by how and when they ended, counted in equal slices of time.
///
/// Slices are powers of ten of a microsecond long: as soon as there are more than ``limit``, ten become one. Counting is O(1).
package struct Timeline: Sendable {
  package static let outcomes = CallOutcome.allCases.count
  private static let limit = 5_000

  /// Nanoseconds of a slice.
  package private(set) var width: UInt64 = 1_000
  /// A row of ``outcomes`` numbers for each slice.
  private var counts: ContiguousArray<UInt32> = []

  /// How many slices there are up to the last call that ended.
  package var count: Int { counts.count / Self.outcomes }

  mutating func count(_ outcome: CallOutcome, at now: UInt64) {
    while now / width >= UInt64(Self.limit) { coarsen() }
    let slice = Int(now / width)
    while slice >= count { counts.append(contentsOf: repeatElement(0, count: Self.outcomes)) }
    counts[slice * Self.outcomes + outcome.rawValue] &+= 1
  }

  /// How many calls ended so in the slices of a range; those that are not there have none.
  package func calls(_ outcome: CallOutcome, in slices: Range<Int>) -> Int {
    slices.clamped(to: 0..<count).reduce(0) { $0 + Int(counts[$1 * Self.outcomes + outcome.rawValue]) }
  }

  private mutating func coarsen() {
    width *= 10
    let fine = counts
    let slices = count
    counts = ContiguousArray(repeating: 0, count: (slices + 9) / 10 * Self.outcomes)
    for slice in 0..<slices {
      for outcome in 0..<Self.outcomes {
        counts[slice / 10 * Self.outcomes + outcome] &+= fine[slice * Self.outcomes + outcome]
      }
    }
  }
}
