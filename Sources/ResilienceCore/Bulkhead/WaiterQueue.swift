/// Callers in the order in which they came; any of them can leave.
///
/// Adding and taking from either end are O(1) amortised, leaving is O(count).
struct WaiterQueue: Sendable {
  /// Those who left are gaps, until an end of the queue comes across them.
  private var places: ContiguousArray<Waiter?> = []
  private var head = 0
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func add(_ waiter: Waiter) {
    places.append(waiter)
    count += 1
  }

  mutating func takeOldest() -> Waiter? {
    while head < places.count {
      let waiter = places[head].take()
      head += 1
      if let waiter {
        count -= 1
        closeGaps()
        return waiter
      }
    }
    closeGaps()
    return nil
  }

  mutating func takeNewest() -> Waiter? {
    while places.count > head {
      if let waiter = places.removeLast() {
        count -= 1
        return waiter
      }
    }
    closeGaps()
    return nil
  }

  /// Takes this waiter out; `false` when it is not in the queue.
  mutating func remove(_ waiter: Waiter) -> Bool {
    guard let index = places[head...].firstIndex(where: { $0 === waiter }) else { return false }
    places[index] = nil
    count -= 1
    closeGaps()
    return true
  }

  /// Keeps the places at most about twice as many as the waiters.
  private mutating func closeGaps() {
    guard places.count > 2 * count + 16 else { return }
    places.removeAll { $0 == nil }
    head = 0
  }
}
