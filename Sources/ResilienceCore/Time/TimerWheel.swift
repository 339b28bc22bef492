/// Timers in a hierarchical wheel: arming, taking back and firing one are constant time, and nothing is allocated once the
/// slab of nodes has grown.
///
/// Eight levels of 64 slots; a slot of level 0 is one tick, a slot of each further level as long as the whole level below it.
/// A timer stands in the lowest level in which its tick differs from the present one only within that level's digit, and
/// moves down when the time reaches its slot. (Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", 1987, scheme 6.)
///
/// Pure bookkeeping: it reads no clock and runs no action. One thread fires: it takes `nextDue`, performs the action unlocked,
/// and says `finish`.
struct TimerWheel: ~Copyable {
  /// One timer's node, and which of the timers that have lived in it.
  struct Handle: Hashable {
    let index: UInt32
    let generation: UInt32
  }

  /// What became of a timer that somebody takes back.
  enum Removal {
    /// It never fires. The action comes along so that it is released unlocked.
    case removed(TimerAction)
    /// Its action is running.
    case firing
    /// It has fired.
    case fired
  }

  /// 65,536 ns: what a timer can be late.
  static let tickBits: UInt64 = 16
  private static let levels = 8
  private static let slotBits = 6
  private static let slots = 1 << slotBits
  /// The list of timers that are due and wait to be fired, after the lists of all slots.
  private static let dueList = levels * slots
  private static let none = UInt32.max

  private var nodes: [Node] = []
  private var firstFree = none
  private var lists = [List](repeating: List(), count: levels * slots + 1)
  /// For each level a bit for each slot that holds a timer.
  private var occupied = [UInt64](repeating: 0, count: levels)
  /// The tick up to which all timers have come due.
  private var present: UInt64 = 0

  private struct List {
    var first = TimerWheel.none
    var last = TimerWheel.none
  }

  private struct Node {
    enum State: UInt8 { case free, armed, firing, awaited }

    var action: TimerAction?
    var tick: UInt64 = 0
    var previous = TimerWheel.none
    var next = TimerWheel.none
    var generation: UInt32 = 0
    var list: UInt16 = 0
    var state = State.free
  }

  /// The first tick at which a timer for `instant` may fire. Rounded up: a timer is never early.
  private static func tick(of instant: Instant) -> UInt64 {
    let whole = instant.nanoseconds >> tickBits
    let rest = instant.nanoseconds & ((1 << tickBits) - 1)
    return min(rest == 0 ? whole : whole + 1, UInt64.max >> tickBits)
  }

  /// When the timer thread has to be awake for a timer at `instant`.
  static func wake(for instant: Instant) -> Instant { Instant(nanoseconds: tick(of: instant) << tickBits) }

  /// When the thread has to look again: no later than the first timer fires. Nil when none is armed.
  var nextWake: Instant? {
    if lists[Self.dueList].first != Self.none { return Instant(nanoseconds: present << Self.tickBits) }
    return earliestSlot.map { Instant(nanoseconds: $0.tick << Self.tickBits) }
  }

  /// Adds a timer. Constant time.
  mutating func insert(_ action: TimerAction, at instant: Instant) -> Handle {
    let index = takeNode()
    nodes[Int(index)].action = action
    nodes[Int(index)].tick = Self.tick(of: instant)
    nodes[Int(index)].state = .armed
    place(index)
    return Handle(index: index, generation: nodes[Int(index)].generation)
  }

  /// Takes a timer back. Constant time. When its action is running, `finish` will say that somebody waits.
  mutating func remove(_ handle: Handle) -> Removal {
    let index = Int(handle.index)
    guard index < nodes.count, nodes[index].generation == handle.generation else { return .fired }
    switch nodes[index].state {
    case .free: return .fired
    case .firing, .awaited:
      nodes[index].state = .awaited
      return .firing
    case .armed:
      unlink(handle.index)
      guard let action = nodes[index].action else { return .fired }
      free(handle.index)
      return .removed(action)
    }
  }

  /// Whether the action of a timer is running.
  func isFiring(_ handle: Handle) -> Bool {
    let index = Int(handle.index)
    return index < nodes.count && nodes[index].generation == handle.generation
  }

  /// Lets time pass: timers that are due by `now` stand ready for `nextDue`.
  mutating func advance(to now: Instant) {
    let target = now.nanoseconds >> Self.tickBits
    while let slot = earliestSlot, slot.tick <= target {
      present = max(present, slot.tick)
      empty(slot.list)
    }
    present = max(present, target)
  }

  /// The next timer that is due. Its action is the caller's to perform; until `finish` it counts as running.
  mutating func nextDue() -> (handle: Handle, action: TimerAction)? {
    let index = lists[Self.dueList].first
    guard index != Self.none, let action = nodes[Int(index)].action else { return nil }
    unlink(index)
    nodes[Int(index)].action = nil
    nodes[Int(index)].state = .firing
    return (Handle(index: index, generation: nodes[Int(index)].generation), action)
  }

  /// Ends the firing of a timer that `nextDue` gave out.
  ///
  /// - Returns: whether somebody waits for that.
  mutating func finish(_ handle: Handle) -> Bool {
    let awaited = nodes[Int(handle.index)].state == .awaited
    free(handle.index)
    return awaited
  }

  /// The earliest slot that holds a timer, and its first tick. Every level's slots lie after all of the level below.
  private var earliestSlot: (list: Int, tick: UInt64)? {
    guard let level = occupied.firstIndex(where: { $0 != 0 }) else { return nil }
    let slot = occupied[level].trailingZeroBitCount
    let shift = level * Self.slotBits
    let turn = present & ~((1 << UInt64(shift + Self.slotBits)) - 1)
    return (level * Self.slots + slot, turn | UInt64(slot) << UInt64(shift))
  }

  /// Moves every timer of a list to where it belongs at the present tick.
  private mutating func empty(_ list: Int) {
    while lists[list].first != Self.none {
      let index = lists[list].first
      unlink(index)
      place(index)
    }
  }

  private mutating func place(_ index: UInt32) {
    let tick = nodes[Int(index)].tick
    guard tick > present else { return append(index, to: Self.dueList) }
    let level = (63 - (tick ^ present).leadingZeroBitCount) / Self.slotBits
    let slot = Int(truncatingIfNeeded: tick >> UInt64(level * Self.slotBits)) & (Self.slots - 1)
    occupied[level] |= 1 << UInt64(slot)
    append(index, to: level * Self.slots + slot)
  }

  private mutating func append(_ index: UInt32, to list: Int) {
    let last = lists[list].last
    nodes[Int(index)].list = UInt16(truncatingIfNeeded: list)
    nodes[Int(index)].previous = last
    nodes[Int(index)].next = Self.none
    if last == Self.none { lists[list].first = index } else { nodes[Int(last)].next = index }
    lists[list].last = index
  }

  private mutating func unlink(_ index: UInt32) {
    let list = Int(nodes[Int(index)].list)
    let previous = nodes[Int(index)].previous
    let next = nodes[Int(index)].next
    if previous == Self.none { lists[list].first = next } else { nodes[Int(previous)].next = next }
    if next == Self.none { lists[list].last = previous } else { nodes[Int(next)].previous = previous }
    if list != Self.dueList, lists[list].first == Self.none {
      occupied[list / Self.slots] &= ~(1 << UInt64(list % Self.slots))
    }
  }

  private mutating func takeNode() -> UInt32 {
    if firstFree == Self.none {
      nodes.append(Node())
      return UInt32(truncatingIfNeeded: nodes.count - 1)
    }
    let index = firstFree
    firstFree = nodes[Int(index)].next
    return index
  }

  private mutating func free(_ index: UInt32) {
    nodes[Int(index)].action = nil
    nodes[Int(index)].state = .free
    nodes[Int(index)].generation &+= 1
    nodes[Int(index)].next = firstFree
    firstFree = index
  }
}
