import CAllocationCounter

/// What is asked of the memory allocator.
struct Allocations: Sendable {
  var blocks: Double
  /// As they were asked for, without the allocator's rounding and bookkeeping.
  var bytes: Double

  /// What this thread has asked for since it began.
  static var ofThread: Allocations {
    Allocations(blocks: Double(allocation_count_of_thread()), bytes: Double(allocated_bytes_of_thread()))
  }

  /// What all threads have asked for.
  static var ofProcess: Allocations {
    Allocations(blocks: Double(allocation_count_of_process()), bytes: Double(allocated_bytes_of_process()))
  }

  /// The share of each of so many calls in what was asked for since `before`.
  func since(_ before: Allocations, of calls: Int) -> Allocations {
    Allocations(blocks: (blocks - before.blocks) / Double(calls), bytes: (bytes - before.bytes) / Double(calls))
  }
}
