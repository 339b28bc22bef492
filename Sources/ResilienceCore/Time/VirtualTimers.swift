/// Timers in the order in which they fire: by instant, then as they were armed.
///
/// A binary heap of entries; taking a timer back removes its action and leaves its entry, which is skipped when it comes up.
struct VirtualTimers {
  private struct Entry {
    let instant: Instant
    let number: UInt64

    func precedes(_ other: Entry) -> Bool {
      instant != other.instant ? instant < other.instant : number < other.number
    }
  }

  private var heap: [Entry] = []
  private var actions: [UInt64: TimerAction] = [:]
  private var armed: UInt64 = 0

  /// How many timers are armed.
  var count: Int { actions.count }

  /// The instant of the timer that fires next. Logarithmic in the timers taken back since.
  var next: Instant? {
    mutating get {
      dropRemoved()
      return heap.first?.instant
    }
  }

  /// Adds a timer and returns its number. Logarithmic.
  mutating func insert(_ action: TimerAction, at instant: Instant) -> UInt64 {
    armed += 1
    actions[armed] = action
    heap.append(Entry(instant: instant, number: armed))
    siftUp(from: heap.count - 1)
    return armed
  }

  /// Takes a timer back; nil when it has fired.
  mutating func remove(_ number: UInt64) -> TimerAction? {
    guard let action = actions.removeValue(forKey: number) else { return nil }
    if heap.count > 2 * actions.count + 64 { rebuild() }
    return action
  }

  /// Removes the timer that fires next, if that is at `limit` or before it.
  mutating func popFirst(by limit: Instant) -> (number: UInt64, instant: Instant, action: TimerAction)? {
    dropRemoved()
    guard let first = heap.first, first.instant <= limit, let action = actions.removeValue(forKey: first.number) else {
      return nil
    }
    removeRoot()
    return (first.number, first.instant, action)
  }

  private mutating func dropRemoved() {
    while let first = heap.first, actions[first.number] == nil { removeRoot() }
  }

  private mutating func rebuild() {
    // An array in firing order is a heap.
    heap = heap.filter { actions[$0.number] != nil }.sorted { $0.precedes($1) }
  }

  private mutating func removeRoot() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    siftDown()
  }

  private mutating func siftUp(from start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].precedes(heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var first = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].precedes(heap[first]) {
        first = child
      }
      guard first != parent else { return }
      heap.swapAt(parent, first)
      parent = first
    }
  }
}
