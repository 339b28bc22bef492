import CBenchmarkSupport
import LocatedYAML
import PolicyCompiler
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
      .figure { try LoadingFigures.ratio { keep(Int64(bitPattern: try $0.makeRunnable().generation)) } }
    },
    Scenario(.loading, "the same, and a plan for each", .ratio(1.8, of: "libyaml's bare loop")) {
      .figure { try LoadingFigures.ratio { keep(Int64(try $0.makePlans().count)) } }
    },
    Scenario(.loading, "40,000 policies that all differ, checked and runnable") {
      .figure {
        try LoadingFigures.ratio(of: LargeFile(.different)) {
          keep(Int64(bitPattern: try $0.makeRunnable().generation))
        }
      }
    },
    Scenario(.loading, "peak memory, checked and runnable", .ratio(6, of: "the file's size")) {
      .figure { try LoadingFigures.peak { try $0.makeRunnable() } }
    },
    Scenario(.loading, "peak memory with a plan for each", .ratio(6, of: "the file's size")) {
      .figure { try LoadingFigures.peak { try $0.makePlans() } }
    },
    Scenario(.loading, "longest call in a reload of that file", .limit(1, unit: "ms")) {
      .figure { try await LoadingFigures.longestCallOnItsProcessor() }
    },
    Scenario(.loading, "the same, with calls whose processor the system took") {
      .figure { try await LoadingFigures.longestCall() }
    },
  ]
}

private enum LoadingFigures {
  /// The best of a few rounds of both.
  static func ratio(of file: LargeFile = LargeFile(), _ load: (LargeFile) throws -> Void) throws -> Figure {
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
  static func peak<Loaded>(_ load: (LargeFile) throws -> Loaded) throws -> Figure {
    let file = LargeFile()
    release_free_heap()
    guard Memory.resetPeakOfProcess(), let before = Memory.peakOfProcess else {
      return Figure(value: 0, unit: "×", note: "this system does not tell")
    }
    let loaded = try load(file)
    let peak = (Memory.peakOfProcess ?? before) - before
    return withExtendedLifetime(loaded) {
      Figure(
        value: peak / Double(file.bytes.count), unit: "×",
        note: "\((peak / 1e6).rounded(to: 1)) MB, the file not counted")
    }
  }

  static func longestCall() async throws -> Figure {
    let (reload, work) = try await longestCalls()
    return Figure(
      value: reload.all, unit: "ms", note: "beside other work, in as long a time: \(work.all.rounded(to: 3)) ms")
  }

  static func longestCallOnItsProcessor() async throws -> Figure {
    let (reload, work) = try await longestCalls()
    return Figure(
      value: reload.onItsProcessor, unit: "ms",
      note: "beside other work, in as long a time: \(work.onItsProcessor.rounded(to: 3)) ms")
  }

  /// Calls on one thread while another reloads the file; beside it, the longest calls of as long a time while another does something that has
  /// nothing to do with them. What the system takes the caller's processor for then, it takes it for in a reload too.
  private static func longestCalls() async throws -> (reload: LongestCalls, work: LongestCalls) {
    let file = LargeFile()
    let engine = try ResilienceEngine(policiesAt: "large.yaml", on: .system, limits: .unlimitedSize) { _ in
      .success(file.bytes)
    }
    let policy = try engine.policy("service0.operation-0", returning: Int.self)
    let start = TimeSource.system.now
    let reload = try await longest(under: policy) { try await engine.reload() }
    let took = start.nanoseconds(to: TimeSource.system.now)
    let work = try await longest(under: policy) { await compute(for: took) }
    return (reload, work)
  }

  @concurrent private static func compute(for nanoseconds: UInt64) async {
    let start = TimeSource.system.now
    while start.nanoseconds(to: TimeSource.system.now) < nanoseconds { keep(1) }
  }

  private static func longest(
    under policy: TypedPolicy<Int>, _ work: () async throws -> Void
  ) async throws -> LongestCalls {
    let caller = CallingThread(policy)
    guard startThread(caller.run) != nil else { throw ThreadFailure() }
    while !caller.hasBegun { try await Task.sleep(for: .milliseconds(1)) }
    try await work()
    return caller.end()
  }
}

/// The longest times between two ends of calls, in milliseconds.
private struct LongestCalls {
  let all: Double
  /// Of calls during which the scheduler gave the processor to nobody else.
  let onItsProcessor: Double
}

/// Calls without a pause until it is told to end, and keeps the longest time between two ends.
private final class CallingThread: Sendable {
  /// Calls that take longer, in nanoseconds, are asked whether the scheduler took the processor away.
  private static let suspicious: UInt64 = 20_000
  /// Calls before it counts: the first ones fault in code and stack, and wait for whoever changes the process's memory map.
  private static let warmUp = 100_000
  private let policy: TypedPolicy<Int>
  private let isWarm = Atomic(false)
  private let isOver = Atomic(false)
  private let hasEnded = Atomic(false)
  private let longest = Atomic<UInt64>(0)
  private let longestOnItsProcessor = Atomic<UInt64>(0)

  init(_ policy: TypedPolicy<Int>) { self.policy = policy }

  func run() {
    for _ in 0..<Self.warmUp { keep(Int64((try? policy.runBlocking { 1 }) ?? 0)) }
    isWarm.store(true, ordering: .releasing)
    var preemptions = preemptions_of_thread()
    var last = TimeSource.system.now
    while !isOver.load(ordering: .relaxed) {
      keep(Int64((try? policy.runBlocking { 1 }) ?? 0))
      var now = TimeSource.system.now
      let took = last.nanoseconds(to: now)
      longest.max(took, ordering: .relaxed)
      if took > Self.suspicious {
        let known = preemptions
        preemptions = preemptions_of_thread()
        if preemptions == known { longestOnItsProcessor.max(took, ordering: .relaxed) }
        now = TimeSource.system.now
      } else {
        longestOnItsProcessor.max(took, ordering: .relaxed)
      }
      last = now
    }
    hasEnded.store(true, ordering: .releasing)
  }

  var hasBegun: Bool { isWarm.load(ordering: .acquiring) }

  func end() -> LongestCalls {
    isOver.store(true, ordering: .relaxed)
    while !hasEnded.load(ordering: .acquiring) {}
    return LongestCalls(
      all: Double(longest.load(ordering: .relaxed)) / 1e6,
      onItsProcessor: Double(longestOnItsProcessor.load(ordering: .relaxed)) / 1e6)
  }
}
