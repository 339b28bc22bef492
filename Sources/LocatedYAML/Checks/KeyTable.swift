/// A set of keys by their text: open addressing, half full at most.
///
/// The standard dictionary seeds and finishes a hash for each key, which costs more than everything else that is done
/// with a key. Keys that an enemy made to collide cost time, within the limit on nodes; they never change a result.
struct KeyTable {
  private var slots: ContiguousArray<UInt32>
  private static let free = UInt32.max

  /// A table for `capacity` keys.
  init(capacity: Int) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    slots = ContiguousArray(repeating: Self.free, count: size)
  }

  /// The key with this hash that fulfils `isSame`.
  func find(hash: Int, where isSame: (UInt32) -> Bool) -> UInt32? {
    var slot = hash & mask
    while slots[slot] != Self.free {
      if isSame(slots[slot]) { return slots[slot] }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Inserts a key that is not there; no more of them than the capacity says.
  mutating func insert(_ key: UInt32, hash: Int) {
    var slot = hash & mask
    while slots[slot] != Self.free { slot = (slot + 1) & mask }
    slots[slot] = key
  }

  private var mask: Int { slots.count - 1 }
}
