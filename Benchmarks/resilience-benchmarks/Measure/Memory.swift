import CBenchmarkSupport
import LocatedYAML

/// What a piece of work asks of the memory allocator.
enum Memory {
  /// What a call asks for on this thread.
  static func allocations(_ calls: Int, _ work: (Int) throws -> Void) rethrows -> Allocations {
    try work(min(calls, 100))
    let before = Allocations.ofThread
    try work(calls)
    return Allocations.ofThread.since(before, of: calls)
  }

  /// What a call asks for, on whatever threads its task and the children of that run: what others ask for meanwhile counts as well.
  static func allocations(_ calls: Int, _ work: (Int) async throws -> Void) async rethrows -> Allocations {
    try await work(min(calls, 100))
    let before = Allocations.ofProcess
    try await work(calls)
    return Allocations.ofProcess.since(before, of: calls)
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
