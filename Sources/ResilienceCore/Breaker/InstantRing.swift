/// Instants in a queue that grows as it needs and gives its room back when it runs empty.
///
/// Adding and taking are O(1) on average, reading and replacing O(1).
struct InstantRing: Hashable, Sendable {
  private static let keptCapacity = 64

  private var slots: ContiguousArray<UInt64> = []
  private var head = 0
  private(set) var count = 0

  var first: Instant? { count > 0 ? Instant(nanoseconds: slots[head]) : nil }

  mutating func append(_ instant: Instant) {
    if count == slots.count { grow() }
    slots[slot(count)] = instant.nanoseconds
    count += 1
  }

  mutating func removeFirst() {
    guard count > 0 else { return }
    head = slot(1)
    count -= 1
    if count == 0 { empty() }
  }

  /// Replaces what stands so many places behind the first; `false` when nothing does.
  mutating func replace(_ distance: UInt64, with instant: Instant) -> Bool {
    guard distance < UInt64(count) else { return false }
    slots[slot(Int(distance))] = instant.nanoseconds
    return true
  }

  mutating func empty() {
    head = 0
    count = 0
    if slots.count > Self.keptCapacity { slots = [] }
  }

  private func slot(_ distance: Int) -> Int { (head + distance) & (slots.count - 1) }

  /// Doubles the room, which is a power of two, and puts what is there in order.
  private mutating func grow() {
    var larger = ContiguousArray<UInt64>()
    larger.reserveCapacity(max(slots.count * 2, 4))
    for distance in 0..<count { larger.append(slots[slot(distance)]) }
    while larger.count < max(slots.count * 2, 4) { larger.append(0) }
    slots = larger
    head = 0
  }

  static func == (left: InstantRing, right: InstantRing) -> Bool { left.inOrder == right.inOrder }
  func hash(into hasher: inout Hasher) { hasher.combine(inOrder) }

  private var inOrder: [UInt64] { (0..<count).map { slots[slot($0)] } }
}
