public import ResilienceCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs `body` on virtual time once for each seed: every run lets the tasks that are ready take turns in another order.
///
/// ```swift
/// try exploreInterleavings(seeds: 0..<2_000) { time in
///   let stock = Stock(1)
///   async let first = stock.take()
///   async let second = stock.take()
///   let taken = await [first, second].count { $0 }
///   if taken != 1 { throw Oversold(taken) }
/// }
/// ```
/// Turns change where tasks suspend, and only there: what threads can do to each other between two suspensions is for the
/// thread sanitizer. With the variable `RESILIENCE_SEED` set, the run of that seed is the only one.
///
/// - Parameters:
///   - seeds: One run each.
///   - test: The test's name, for the command that replays a failure.
///   - body: Throws when something is wrong.
/// - Returns: What the runs traced.
/// - Throws: ``InterleavingFailure`` at the first seed whose run throws.
@discardableResult
public func exploreInterleavings(
  seeds: Range<UInt64> = 0..<1_000, test: String = #function,
  _ body: @escaping @Sendable (VirtualTime) async throws -> Void
) throws -> Interleavings {
  var runs: [Interleavings.Run] = []
  for seed in wantedSeed.map({ $0..<$0.addingSaturated(1) }) ?? seeds {
    let run = VirtualRun(seed: seed)
    do {
      try run.run(body)
    } catch {
      throw InterleavingFailure(seed: seed, error: error, trace: run.trace.lines, test: test)
    }
    runs.append(Interleavings.Run(seed: seed, trace: run.trace.lines))
  }
  return Interleavings(runs: runs)
}

/// What the person who runs the tests asks for.
private var wantedSeed: UInt64? {
  unsafe getenv("RESILIENCE_SEED").flatMap { unsafe UInt64(String(cString: $0)) }
}

/// Runs of the same code in different orders.
public struct Interleavings: Sendable {
  public struct Run: Hashable, Sendable {
    public let seed: UInt64
    /// What the run wrote with ``trace(_:)``.
    public let trace: [String]
  }

  public let runs: [Run]

  /// How many of the runs differ in their traces.
  public var distinctCount: Int { Set(runs.map(\.trace)).count }
}

/// A run that went wrong, and how to see it again.
public struct InterleavingFailure: Error, CustomStringConvertible {
  /// `onVirtualTime(seed:)` with this seed and the same body is the same run.
  public let seed: UInt64
  /// What the body threw.
  public let error: any Error
  /// What it wrote with ``trace(_:)`` before.
  public let trace: [String]
  let test: String

  public var description: String {
    let name = test.prefix { $0 != "(" }
    let lines = [
      "seed \(seed) fails: \(error)",
      "to run it alone: RESILIENCE_SEED=\(seed) swift test --filter '\(name)'",
      "or in code: try onVirtualTime(seed: \(seed)) { time in … }",
    ]
    return (lines + trace.map { "  " + $0 }).joined(separator: "\n")
  }
}
