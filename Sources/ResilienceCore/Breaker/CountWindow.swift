/// The last so many calls, two bits a call. The sums of them are kept by the caller.
///
/// Every operation is O(1) but `empty`, which is O(capacity / 64).
package struct CountWindow: Hashable, Sendable {
  let capacity: Int
  /// How many calls were recorded since the window was empty; the next record's number.
  private var recorded: UInt64 = 0
  private var failureBits: ContiguousArray<UInt64>
  private var slowBits: ContiguousArray<UInt64>

  /// A window over the last `capacity` calls, at least 1.
  package init(capacity: Int) {
    self.capacity = max(capacity, 1)
    let words = (self.capacity - 1) / 64 + 1
    failureBits = ContiguousArray(repeating: 0, count: words)
    slowBits = failureBits
  }

  /// Adds a call, in the place of the oldest when the window is full, and says its number.
  package mutating func record(failed: Bool, slow: Bool, in counts: inout WindowCounts) -> UInt64 {
    let slot = slot(of: recorded)
    counts.failures += Self.replace(&failureBits, slot, with: failed)
    counts.slow += Self.replace(&slowBits, slot, with: slow)
    counts.calls = min(counts.calls + 1, capacity)
    defer { recorded &+= 1 }
    return recorded
  }

  /// Makes a failure of the call with this number, if it still is in the window.
  package mutating func fail(_ number: UInt64, in counts: inout WindowCounts) {
    guard recorded &- number <= UInt64(capacity) else { return }
    counts.failures += Self.replace(&failureBits, slot(of: number), with: true)
  }

  package mutating func empty() {
    recorded = 0
    for word in failureBits.indices {
      failureBits[word] = 0
      slowBits[word] = 0
    }
  }

  private func slot(of number: UInt64) -> Int { Int(number % UInt64(capacity)) }

  /// Sets one bit and says by how much the number of set bits grew.
  private static func replace(_ bits: inout ContiguousArray<UInt64>, _ slot: Int, with value: Bool) -> Int {
    let mask: UInt64 = 1 << UInt64(slot & 63)
    let old = bits[slot >> 6] & mask != 0
    guard old != value else { return 0 }
    bits[slot >> 6] ^= mask
    return value ? 1 : -1
  }
}
