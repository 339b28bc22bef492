import CAllocationCounter
import Glibc
import Testing

/// What the other tests of allocations, and the benchmarks, count with.
@Suite("The counter of allocations", .enabled(if: allocation_counter_is_available()))
struct AllocationCounterTests {
  private struct Counted: Equatable {
    var blocks: UInt64
    var bytes: UInt64
  }

  /// What `ask` asks for on this thread; what it returns is freed then.
  private func counted(_ ask: () -> UnsafeMutableRawPointer?) -> Counted {
    let blocks = allocation_count_of_thread()
    let bytes = allocated_bytes_of_thread()
    let block = unsafe ask()
    let counted = Counted(
      blocks: allocation_count_of_thread() - blocks, bytes: allocated_bytes_of_thread() - bytes)
    unsafe free(block)
    return counted
  }

  @Test("Bytes are counted as they were asked for, by each way to ask")
  func bytes() {
    #expect(unsafe counted { unsafe malloc(100) } == Counted(blocks: 1, bytes: 100))
    #expect(unsafe counted { unsafe calloc(3, 7) } == Counted(blocks: 1, bytes: 21))
    #expect(unsafe counted { unsafe aligned_alloc(64, 192) } == Counted(blocks: 1, bytes: 192))
    #expect(unsafe counted { unsafe realloc(malloc(10), 1_000) } == Counted(blocks: 2, bytes: 1_010))
  }

  @Test("What another thread asks for counts for the process, not for this thread")
  func threads() {
    let ofThread = allocated_bytes_of_thread()
    let ofProcess = allocated_bytes_of_process()
    var thread = pthread_t()
    let started = unsafe pthread_create(&thread, nil, { _ in unsafe malloc(1 << 20) }, nil)
    #expect(started == 0)
    var block: UnsafeMutableRawPointer?
    unsafe pthread_join(thread, &block)
    unsafe free(block)
    #expect(allocated_bytes_of_thread() - ofThread < 1 << 20)
    #expect(allocated_bytes_of_process() - ofProcess >= 1 << 20)
  }
}
