/// The records of the calls that run, in slots that are used again: millions of calls need as much memory as run at once.
///
/// Slots are addressed by number and never move, so a record is changed where it stands. This is the one place of the
/// simulator that handles raw memory: a slot holds a record from ``insert(_:)`` to ``remove(_:)``, and `isUsed` keeps every
/// other access out.
@safe struct CallPool: ~Copyable {
  private static let chunkSize = 256

  private var chunks: ContiguousArray<UnsafeMutablePointer<CallRecord>> = unsafe []
  /// Where the record of each slot is.
  private var addresses: ContiguousArray<UnsafeMutablePointer<CallRecord>> = unsafe []
  private var epochs: ContiguousArray<UInt32> = []
  private var isUsed: ContiguousArray<Bool> = []
  private var free: ContiguousArray<UInt32> = []

  init() {}

  deinit {
    for slot in 0..<UInt32(isUsed.count) where isUsed[Int(slot)] { unsafe address(slot).deinitialize(count: 1) }
    for index in unsafe chunks.indices { unsafe chunks[index].deallocate() }
  }

  /// How many calls run.
  var count: Int { isUsed.count - free.count }

  /// The slots that hold a record, in no order that means anything.
  var slots: [UInt32] { isUsed.indices.filter { isUsed[$0] }.map { UInt32($0) } }

  mutating func insert(_ record: consuming CallRecord) -> UInt32 {
    let slot = free.popLast() ?? grow()
    isUsed[Int(slot)] = true
    unsafe address(slot).initialize(to: record)
    return slot
  }

  /// Ends a record; what its call still holds it gives back now.
  mutating func remove(_ slot: UInt32) {
    guard isUsed[Int(slot)] else { return }
    isUsed[Int(slot)] = false
    epochs[Int(slot)] &+= 1
    unsafe address(slot).deinitialize(count: 1)
    free.append(slot)
  }

  /// Frees the slot of a call without ending the call: it never ends, and what it holds it holds for ever.
  mutating func forget(_ slot: UInt32) {
    guard isUsed[Int(slot)] else { return }
    isUsed[Int(slot)] = false
    epochs[Int(slot)] &+= 1
    free.append(slot)
  }

  /// Makes every appointment of the slot lapse, and answers the epoch of the next.
  mutating func newEpoch(_ slot: UInt32) -> UInt32 {
    epochs[Int(slot)] &+= 1
    return epochs[Int(slot)]
  }

  func epoch(of slot: UInt32) -> UInt32 { epochs[Int(slot)] }

  func isCurrent(_ epoch: UInt32, of slot: UInt32) -> Bool {
    isUsed[Int(slot)] && epochs[Int(slot)] == epoch
  }

  /// The record of a slot that holds one.
  subscript(slot: UInt32) -> CallRecord {
    @inline(__always) unsafeAddress {
      precondition(isUsed[Int(slot)], "no call in this slot")
      return unsafe UnsafePointer(address(slot))
    }
    @inline(__always) unsafeMutableAddress {
      precondition(isUsed[Int(slot)], "no call in this slot")
      return unsafe address(slot)
    }
  }

  @inline(__always)
  private func address(_ slot: UInt32) -> UnsafeMutablePointer<CallRecord> { unsafe addresses[Int(slot)] }

  private mutating func grow() -> UInt32 {
    if isUsed.count % Self.chunkSize == 0 { unsafe chunks.append(.allocate(capacity: Self.chunkSize)) }
    if let chunk = unsafe chunks.last { unsafe addresses.append(chunk + isUsed.count % Self.chunkSize) }
    isUsed.append(false)
    epochs.append(0)
    return UInt32(truncatingIfNeeded: isUsed.count - 1)
  }
}
