/// Whether memory grows: the mean of the last third of a run against that of the second.
///
/// The first third is left out: pools, tables and keyed instances fill up to their caps in it.
struct Growth: Sendable {
  private var samples: [Int] = []

  /// What a run may grow by without being called a leak: a twentieth, and what allocators keep.
  private static let allowance = 2 << 20

  mutating func add(_ bytes: Int?) { if let bytes { samples.append(bytes) } }

  var isFlat: Bool {
    guard samples.count >= 6 else { return true }
    return late <= early + early / 20 + Self.allowance
  }

  var facts: String {
    samples.count < 6 ? "too short a run to tell" : "\(early >> 10) KiB in the middle, \(late >> 10) KiB at the end"
  }

  private var early: Int { mean(samples[samples.count / 3..<samples.count * 2 / 3]) }
  private var late: Int { mean(samples[(samples.count * 2 / 3)...]) }

  private func mean(_ values: ArraySlice<Int>) -> Int { values.isEmpty ? 0 : values.reduce(0, +) / values.count }
}
