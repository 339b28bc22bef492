/// The calls of the last ten buckets of time, the current one included: a call stays between nine and ten buckets long.
///
/// Buckets are counted from the clock's origin. A call whose instant is older than the newest one goes into its own bucket, or
/// nowhere when that has gone. The sums of the calls are kept by the caller. Every operation is O(1).
package struct TimeWindow: Hashable, Sendable {
  private struct Bucket: Hashable {
    var calls: UInt32 = 0
    var failures: UInt32 = 0
    var slow: UInt32 = 0
  }

  private static let count: UInt64 = 10

  private let width: UInt64
  /// The number of the current bucket, and when it began.
  private var current: UInt64 = 0
  private var began: UInt64 = 0
  private var buckets: ContiguousArray<Bucket>

  /// A window of ten buckets of `width` nanoseconds, at least 1.
  package init(bucket width: UInt64) {
    self.width = max(width, 1)
    buckets = ContiguousArray(repeating: Bucket(), count: Int(Self.count))
  }

  /// Adds a call that ended, or became slow, at `instant`, and says in which bucket it is.
  package mutating func record(
    failed: Bool, slow: Bool, at instant: Instant, in counts: inout WindowCounts
  ) -> UInt64 {
    let number = advance(to: instant, in: &counts)
    guard let slot = slot(of: number), buckets[slot].calls < .max else { return number }
    buckets[slot].calls += 1
    counts.calls += 1
    if failed { addFailure(slot, in: &counts) }
    if slow {
      buckets[slot].slow += 1
      counts.slow += 1
    }
    return number
  }

  /// Makes a failure of a call in this bucket, if the bucket still is in the window.
  package mutating func fail(_ number: UInt64, in counts: inout WindowCounts) {
    guard let slot = slot(of: number), buckets[slot].failures < buckets[slot].calls else { return }
    addFailure(slot, in: &counts)
  }

  /// Forgets the calls that are too old at `instant`, and says which bucket that instant is in.
  @discardableResult
  package mutating func advance(to instant: Instant, in counts: inout WindowCounts) -> UInt64 {
    let now = instant.nanoseconds
    if now >= began, now - began < width { return current }
    let number = now / width
    guard number > current else { return number }
    forget(min(number - current, Self.count), in: &counts)
    current = number
    began = number * width
    return number
  }

  package mutating func empty() {
    for slot in buckets.indices { buckets[slot] = Bucket() }
  }

  /// Clears the oldest buckets, which are those after the current one.
  private mutating func forget(_ buckets: UInt64, in counts: inout WindowCounts) {
    for distance in 0..<buckets {
      let slot = Int((current % Self.count + 1 + distance) % Self.count)
      counts.calls -= Int(self.buckets[slot].calls)
      counts.failures -= Int(self.buckets[slot].failures)
      counts.slow -= Int(self.buckets[slot].slow)
      self.buckets[slot] = Bucket()
    }
  }

  private mutating func addFailure(_ slot: Int, in counts: inout WindowCounts) {
    buckets[slot].failures += 1
    counts.failures += 1
  }

  private func slot(of number: UInt64) -> Int? {
    guard number <= current, current - number < Self.count else { return nil }
    return Int(number % Self.count)
  }
}
