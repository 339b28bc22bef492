/// What is due next: for each call at most one appointment that counts, the earliest first.
///
/// A call that is told something sooner makes another appointment and lets the old one lapse: the pool's epoch of its slot
/// says which one counts. Times that come in their order, as those of a callee that always takes as long do, stand in a plain
/// queue; the others in a binary heap. Adding and taking are O(1) for the former and O(log n) for the latter.
struct Agenda {
  /// What comes first at one instant.
  enum Precedence: UInt64 {
    case ends = 1
    case timers = 2
  }

  struct Appointment {
    var at: UInt64
    /// The precedence in the upper two bits, the call's number below.
    var order: UInt64
    var slot: UInt32
    var epoch: UInt32

    init(at: UInt64, _ precedence: Precedence, call: Int, slot: UInt32, epoch: UInt32) {
      self.at = at
      order = precedence.rawValue << 62 | UInt64(truncatingIfNeeded: call) & (1 << 62 - 1)
      self.slot = slot
      self.epoch = epoch
    }

    static func < (left: Appointment, right: Appointment) -> Bool {
      left.at < right.at || left.at == right.at && left.order < right.order
    }
  }

  private var heap: ContiguousArray<Appointment> = []
  /// Sorted; those before `head` are taken.
  private var queue: ContiguousArray<Appointment> = []
  private var head = 0

  /// The earliest instant that anything is due at; the end of time when nothing is.
  var nextAt: UInt64 {
    let queued = head < queue.count ? queue[head].at : .max
    return heap.isEmpty ? queued : min(queued, heap[0].at)
  }

  /// Whether what is next is the end of an attempt.
  var nextIsEnd: Bool {
    let queued = head < queue.count ? queue[head] : nil
    guard let first = heap.first.map({ first in queued.map { $0 < first ? $0 : first } ?? first }) ?? queued else {
      return false
    }
    return first.order >> 62 == Precedence.ends.rawValue
  }

  mutating func add(_ appointment: Appointment) {
    if head == queue.count {
      queue.removeAll(keepingCapacity: true)
      head = 0
      queue.append(appointment)
    } else if !(appointment < queue[queue.count - 1]) {
      if head > 1_024, head > queue.count / 2 { forgetTaken() }
      queue.append(appointment)
    } else {
      push(appointment)
    }
  }

  /// Takes the earliest out.
  mutating func take() -> Appointment? {
    guard head < queue.count else { return pop() }
    if let first = heap.first, first < queue[head] { return pop() }
    head += 1
    return queue[head - 1]
  }

  private mutating func forgetTaken() {
    queue.removeSubrange(..<head)
    head = 0
  }

  private mutating func push(_ appointment: Appointment) {
    heap.append(appointment)
    var index = heap.count - 1
    while index > 0 {
      let parent = (index - 1) / 2
      guard appointment < heap[parent] else { break }
      heap[index] = heap[parent]
      index = parent
    }
    heap[index] = appointment
  }

  private mutating func pop() -> Appointment? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    var index = 0
    while true {
      var child = 2 * index + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < last else { break }
      heap[index] = heap[child]
      index = child
    }
    heap[index] = last
    return first
  }
}
