internal import LocatedYAML

/// Positions by plain names: open addressing, half full at most.
///
/// A dictionary of strings would need a string for each name, and spends more on a hash than everything else costs that is done
/// with a name. Names that an enemy made to collide cost time, within the limit on nodes; they never change a result.
struct PlainNameTable: Sendable {
  private struct Slot {
    static let free = Slot(hash: 0, position: .max)
    let hash: UInt32
    let position: UInt32
  }

  private var slots: [Slot] = []
  private var count = 0

  /// Makes room for so many names.
  mutating func reserve(_ count: Int) {
    guard slots.count < 2 * count else { return }
    var size = 16
    while size < 2 * count { size *= 2 }
    let old = slots
    slots = Array(repeating: .free, count: size)
    for slot in old where slot.position != Slot.free.position { insert(slot) }
  }

  /// The position that was inserted under this hash and fulfils `isSame`. O(1).
  func find(_ name: PlainName, where isSame: (Int) -> Bool) -> Int? {
    guard !slots.isEmpty else { return nil }
    let hash = UInt32(truncatingIfNeeded: name.hash)
    var place = Int(hash) & (slots.count - 1)
    while slots[place].position != Slot.free.position {
      if slots[place].hash == hash, isSame(Int(slots[place].position)) { return Int(slots[place].position) }
      place = (place + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Inserts a name that is not there.
  mutating func insert(_ position: Int, _ name: PlainName) {
    reserve(count + 1)
    count += 1
    insert(Slot(hash: UInt32(truncatingIfNeeded: name.hash), position: UInt32(truncatingIfNeeded: position)))
  }

  private mutating func insert(_ slot: Slot) {
    var place = Int(slot.hash) & (slots.count - 1)
    while slots[place].position != Slot.free.position { place = (place + 1) & (slots.count - 1) }
    slots[place] = slot
  }
}
