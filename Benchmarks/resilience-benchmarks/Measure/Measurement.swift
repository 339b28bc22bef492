import ResilienceCore

/// The figures of one line.
struct Measurement: Sendable {
  let scenario: Scenario
  /// Nanoseconds a call over the bare call: the middle round, and the best.
  var median: Double?
  var best: Double?
  /// The bare call in the same rounds.
  var bare: Double?
  var allocations: Allocations?
  var instructions: Double?
  var referenceCounts: Double?
  var figure: Figure?

  init(_ scenario: Scenario) { self.scenario = scenario }

  mutating func take(_ counted: InstructionsPerCall) {
    instructions = counted.instructions
    referenceCounts = counted.referenceCounts
  }

  /// Whether the line does what it must; `nil` when nothing was asked or measured.
  var meetsTarget: Bool? {
    switch scenario.target {
    case .none: nil
    case .call(let nanoseconds, let allowed):
      median.map { $0 <= nanoseconds && (allocations?.blocks ?? 0) <= allowed }
    case .bytes(let most), .ratio(let most, _), .limit(let most, _): figure.map { $0.value <= most }
    }
  }
}

/// Measures scenarios.
struct Measurer: Sendable {
  /// A tenth of the calls and rounds, to see that everything runs.
  let isQuick: Bool
  private let blocking = Pace()
  private let contended = Pace()
  private let asynchronous = Pace()

  init(isQuick: Bool) { self.isQuick = isQuick }

  /// `nil`: it was not possible, for the reason that was told.
  func tryToMeasure(_ scenario: Scenario) async -> Measurement? {
    do {
      return try await measure(scenario)
    } catch {
      complain("  not measured: \(error)")
      return nil
    }
  }

  func measure(_ scenario: Scenario) async throws -> Measurement {
    var measurement = Measurement(scenario)
    switch try scenario.prepare() {
    case .blocking(let work):
      take(try rounds(for: scenario, blocking).time(work, against: Bare.blocking), into: &measurement)
      measurement.allocations = try Memory.allocations(1_000, work)
    case .compared(let work, over: let other):
      take(try rounds(for: scenario, Pace()).time(work, against: other), into: &measurement)
      measurement.allocations = try Memory.allocations(1_000, work)
    case .contended(let work):
      take(try rounds(for: scenario, contended).timeContended(work, against: Bare.blocking), into: &measurement)
      measurement.allocations = try Memory.allocations(1_000, work)
    case .asynchronous(let work):
      take(try await rounds(for: scenario, asynchronous).time(work, against: Bare.asynchronous), into: &measurement)
      measurement.allocations = try await Memory.allocations(1_000, work)
    case .figure(let figure):
      measurement.figure = try await figure()
    }
    return measurement
  }

  private func take(_ times: Rounds.Times, into measurement: inout Measurement) {
    measurement.median = times.over.median
    measurement.best = times.over.min()
    measurement.bare = times.bare.median
  }

  /// So many calls that a round of slow ones takes no longer than some ten milliseconds.
  private func rounds(for scenario: Scenario, _ pace: Pace) -> Rounds {
    var calls = 500_000
    if case .call(let nanoseconds, _) = scenario.target, nanoseconds > 100 { calls = 20_000 }
    return isQuick
      ? Rounds(rounds: 3, calls: calls / 50, pace: pace) : Rounds(rounds: 21, calls: calls, pace: pace)
  }
}
