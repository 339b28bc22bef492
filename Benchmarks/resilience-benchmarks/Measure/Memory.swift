import CAllocationCounter
import CBenchmarkSupport
import LocatedYAML
import ResilienceCore

/// What a piece of work asks of the memory allocator.
enum Memory {
  /// Blocks a call asks for on this thread.
  static func allocations(_ calls: Int, _ work: (Int) throws -> Void) rethrows -> Double {
    try work(min(calls, 100))
    let before = allocation_count_of_thread()
    try work(calls)
    return Double(allocation_count_of_thread() - before) / Double(calls)
  }

  /// Blocks a call asks for in this task; `nil` when the task did not stay on its thread, whose blocks these are.
  static func allocations(_ calls: Int, _ work: (Int) async throws -> Void) async rethrows -> Double? {
    try await work(min(calls, 100))
    let thread = ThreadIdentity.current
    let before = allocation_count_of_thread()
    try await work(calls)
    guard ThreadIdentity.current == thread else { return nil }
    return Double(allocation_count_of_thread() - before) / Double(calls)
  }

  /// Heap bytes that `count` values of `make` hold on to, each; the array that keeps them is not counted.
  static func bytes<Value>(_ count: Int, _ make: (Int) -> Value) -> Double {
    var kept: [Value] = []
    kept.reserveCapacity(count)
    // What all of them share is made with the first.
    if count > 1 { _ = make(0) }
    let before = heap_bytes_in_use()
    for number in 0..<count { kept.append(make(number)) }
    let after = heap_bytes_in_use()
    withExtendedLifetime(kept) {}
    return Double(after - before) / Double(count)
  }

  /// The most bytes of the process that were in memory at once; `nil` where the system does not tell.
  static var peakOfProcess: Double? {
    guard case .success(let bytes) = readFile("/proc/self/status", limit: 1 << 20) else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where line.hasPrefix("VmHWM:") {
      let words = line.split(whereSeparator: \.isWhitespace)
      return words.count > 1 ? Double(words[1]).map { $0 * 1024 } : nil
    }
    return nil
  }
}

#if canImport(Glibc)
  import Glibc

  extension Memory {
    /// Lets the peak begin anew from what is in memory now; `false` where the system refuses.
    static func resetPeakOfProcess() -> Bool {
      let file = unsafe open("/proc/self/clear_refs", O_WRONLY)
      guard file >= 0 else { return false }
      defer { close(file) }
      return unsafe write(file, "5", 1) == 1
    }
  }
#else
  extension Memory {
    static func resetPeakOfProcess() -> Bool { false }
  }
#endif
