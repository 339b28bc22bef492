/// A queue of at most so many elements: the oldest goes, and is counted, when a newer one finds no room.
///
/// Adding and taking are O(1); memory is taken with the first element.
struct BoundedQueue<Element> {
  let capacity: Int
  private var slots: [Element?] = []
  private var first = 0
  private(set) var count = 0
  /// How many went without being taken, since this was last asked with ``takeLost()``.
  private(set) var lost = 0

  /// A capacity below one is taken as one.
  init(capacity: Int) { self.capacity = max(capacity, 1) }

  mutating func append(_ element: Element) {
    if slots.isEmpty { slots = Array(repeating: nil, count: capacity) }
    if count == capacity {
      slots[first] = element
      first = following(first)
      lost = lost.addingReportingOverflow(1).partialValue
    } else {
      slots[(first + count) % capacity] = element
      count += 1
    }
  }

  /// The one that was added first.
  var oldest: Element? { count > 0 ? slots[first] : nil }

  /// Takes the oldest.
  mutating func popFirst() -> Element? {
    guard count > 0 else { return nil }
    let element = slots[first]
    slots[first] = nil
    first = following(first)
    count -= 1
    return element
  }

  /// Takes the count of those that were lost.
  mutating func takeLost() -> Int {
    defer { lost = 0 }
    return lost
  }

  /// Counts some that went elsewhere.
  mutating func addLost(_ count: Int) { lost = lost.addingReportingOverflow(count).partialValue }

  /// All that are there, from the oldest.
  var elements: [Element] { (0..<count).compactMap { slots[(first + $0) % capacity] } }

  private func following(_ index: Int) -> Int { index + 1 == capacity ? 0 : index + 1 }
}
