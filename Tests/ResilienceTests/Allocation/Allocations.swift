import CAllocationCounter

/// The most blocks that one of many runs of `work` on this thread asked for, after a few runs to warm up.
func allocations(of work: () async throws -> Void) async throws -> UInt64 {
  for _ in 0..<8 { try await work() }
  var most: UInt64 = 0
  for _ in 0..<64 {
    let before = allocation_count_of_thread()
    try await work()
    most = max(most, allocation_count_of_thread() - before)
  }
  return most
}
