import CBenchmarkSupport
import LocatedYAML
import Resilience
import ResilienceCore
import Synchronization

extension Scenario {
  static let loading: [Scenario] = [
    Scenario(.loading, "40,000 policies to a checked tree", .ratio(1.8, of: "libyaml's bare loop")) {
      .figure {
        try LoadingFigures.ratio {
          keep(Int64(loadYAML(SourceText(path: "large.yaml", bytes: $0.bytes), limits: .unlimitedSize).problems.count))
        }
      }
    },
    Scenario(.loading, "40,000 policies, checked and runnable", .ratio(1.8, of: "libyaml's bare loop")) {
      .figure { try LoadingFigures.ratio { keep(Int64(try $0.makeRunnable().count)) } }
    },
    Scenario(.loading, "peak memory of that", .ratio(6, of: "the file's size")) {
      .figure { try LoadingFigures.peak() }
    },
    Scenario(.loading, "longest call while that file is reloaded", .ratio(1, of: "a millisecond")) {
      .figure { try await LoadingFigures.longestCall() }
    },
  ]
}

private enum LoadingFigures {
  /// The best of a few rounds of both.
  static func ratio(_ load: (LargeFile) throws -> Void) throws -> Figure {
    let file = LargeFile()
    var bare = Double.infinity
    var whole = Double.infinity
    for _ in 0..<5 {
      bare = min(bare, processorTime { keep(Int64(countEventsBare(file.bytes))) })
      whole = min(whole, try processorTime { try load(file) })
    }
    let megabytes = Double(file.bytes.count) / 1e6
    return Figure(
      value: whole / bare, unit: "×",
      note: "\(megabytes.rounded(to: 2)) MB in \(whole.rounded(to: 3)) s, bare \(bare.rounded(to: 3)) s")
  }

  /// What the process needs more while it loads, by its high-water mark.
  static func peak() throws -> Figure {
    let file = LargeFile()
    release_free_heap()
    guard Memory.resetPeakOfProcess(), let before = Memory.peakOfProcess else {
      return Figure(value: 0, unit: "×", note: "this system does not tell")
    }
    let plans = try file.makeRunnable()
    let peak = (Memory.peakOfProcess ?? before) - before
    return withExtendedLifetime(plans) {
      Figure(
        value: peak / Double(file.bytes.count), unit: "×",
        note: "\((peak / 1e6).rounded(to: 1)) MB for \(plans.count) plans, the file not counted")
    }
  }

  /// Calls on one thread while another reloads the file; beside it, the longest call of as long a time without a reload.
  static func longestCall() async throws -> Figure {
    let file = LargeFile()
    let engine = try ResilienceEngine(policiesAt: "large.yaml", on: .system, limits: .unlimitedSize) { _ in
      .success(file.bytes)
    }
    let policy = try engine.policy("service0.operation-0", returning: Int.self)
    let start = TimeSource.system.now
    let busy = try await longest(under: policy) { try await engine.reload() }
    let took = start.nanoseconds(to: TimeSource.system.now)
    let quiet = try await longest(under: policy) { try await Task.sleep(for: .nanoseconds(Int64(clamping: took))) }
    return Figure(
      value: busy, unit: "ms", note: "without a reload, in as long a time: \(quiet.rounded(to: 3)) ms")
  }

  private static func longest(
    under policy: TypedPolicy<Int>, _ work: () async throws -> Void
  ) async throws -> Double {
    let caller = CallingThread(policy)
    guard startThread(caller.run) != nil else { throw ThreadFailure() }
    try await work()
    return Double(caller.end()) / 1e6
  }
}

/// Calls without a pause until it is told to end, and keeps the longest time between two ends.
private final class CallingThread: Sendable {
  private let policy: TypedPolicy<Int>
  private let isOver = Atomic(false)
  private let hasEnded = Atomic(false)
  private let longest = Atomic<UInt64>(0)

  init(_ policy: TypedPolicy<Int>) { self.policy = policy }

  func run() {
    var last = TimeSource.system.now
    while !isOver.load(ordering: .relaxed) {
      keep(Int64((try? policy.runBlocking { 1 }) ?? 0))
      let now = TimeSource.system.now
      longest.max(last.nanoseconds(to: now), ordering: .relaxed)
      last = now
    }
    hasEnded.store(true, ordering: .releasing)
  }

  /// The longest time between two ends of calls, in nanoseconds.
  func end() -> UInt64 {
    isOver.store(true, ordering: .relaxed)
    while !hasEnded.load(ordering: .acquiring) {}
    return longest.load(ordering: .relaxed)
  }
}
