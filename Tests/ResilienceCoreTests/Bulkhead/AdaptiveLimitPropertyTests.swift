import Testing

@testable import ResilienceCore

private let millisecond: UInt64 = 1_000_000
private let second: UInt64 = 1_000_000_000

/// A sequence of anything that can be told to a limit; a failing one is cut down to a short one that fails too.
private struct AnySamples: CustomStringConvertible {
  let settings: AdaptiveLimitSettings
  var samples: [LimitSample]

  init(seed: UInt64) {
    let chance = Chance(seed: seed)
    let algorithm: AdaptiveLimitSettings.Algorithm = chance.happens(.percent(50)) ? .aimd : .gradient
    settings = AdaptiveLimitSettings(
      min: Int(chance.draw(1...40)), max: Int(chance.draw(1...2_000)), algorithm: algorithm)
    let times: [UInt64] = [0, 1, 99_999, millisecond, 150 * millisecond, 90 * second, .max / 2, .max]
    var now: UInt64 = 0
    samples = (0..<3_000).map { _ in
      now = now.addingSaturated(chance.draw(0...times[Int(chance.draw(0...5))]))
      let started = now.subtractingSaturated(chance.draw(0...times[Int(chance.draw(0...7))]))
      return LimitSample(
        chance.happens(.percent(20)) ? .dropped : .answered, started: Instant(nanoseconds: started),
        ended: Instant(nanoseconds: chance.happens(.percent(1)) ? .max : now),
        inFlight: Int(chance.draw(0...3_000)))
    }
  }

  /// The position of the first sample after which the limit is out of its bounds.
  var failure: Int? {
    var limit = AdaptiveLimit(settings)
    for (index, sample) in samples.enumerated() {
      limit.take(sample)
      guard (settings.min...settings.max).contains(limit.limit) else { return index }
    }
    return nil
  }

  /// Leaves out what is not needed to fail.
  var shrunk: AnySamples {
    var best = self
    var size = best.samples.count / 2
    while size > 0 {
      var start = 0
      while start + size <= best.samples.count {
        var next = best
        next.samples.removeSubrange(start..<(start + size))
        if next.failure == nil { start += size } else { best = next }
      }
      size /= 2
    }
    return best
  }

  var description: String { "\(settings): \(samples)" }
}

@Suite("Adaptive limits, whatever happens")
struct AdaptiveLimitPropertyTests {
  @Test("B36: from any samples the limit stays within its bounds", arguments: 1...100 as ClosedRange<UInt64>)
  func bounds(seed: UInt64) {
    let samples = AnySamples(seed: seed)
    if samples.failure != nil { Issue.record("seed \(seed): \(samples.shrunk)") }
  }

  @Test(
    "Gradient: the limit settles at what the callee takes, and again when that changes",
    arguments: 1...8 as ClosedRange<UInt64>)
  func gradientConverges(seed: UInt64) {
    let chance = Chance(seed: seed)
    var limit = AdaptiveLimit(AdaptiveLimitSettings(min: 2, max: 500))
    let service = chance.draw(20...80) * millisecond
    var server = SimulatedServer(workers: Int(chance.draw(4...40)), service: service, seed: seed)
    for _ in 0..<3 {
      _ = server.play(&limit, for: 20 * second)
      let settled = server.play(&limit, for: 10 * second)
      expect(settled, near: server.workers, seed: seed)
      server.workers = Int(chance.draw(4...40))
    }
  }

  /// At least what the callee takes, at most what the tolerance and the headroom add to it.
  private func expect(_ limits: [Int], near capacity: Int, seed: UInt64) {
    let sorted = limits.sorted()
    let median = sorted[sorted.count / 2]
    let highest = Double(capacity) * 1.35 + (Double(capacity) * 1.6).squareRoot() + 2
    #expect(median >= capacity, "seed \(seed), capacity \(capacity)")
    #expect(Double(median) <= highest, "seed \(seed), capacity \(capacity)")
  }

  @Test("Gradient: the limit does not creep up while the load lasts")
  func noCreep() {
    var limit = AdaptiveLimit(AdaptiveLimitSettings(min: 2, max: 500))
    var server = SimulatedServer(workers: 8, service: 80 * millisecond, seed: 7)
    _ = server.play(&limit, for: 600 * second)
    expect(server.play(&limit, for: 60 * second), near: 8, seed: 7)
  }

  @Test(
    "AIMD: the limit settles where a callee begins to turn calls away, and few are",
    arguments: 1...8 as ClosedRange<UInt64>)
  func aimdConverges(seed: UInt64) {
    let chance = Chance(seed: seed)
    var limit = AdaptiveLimit(AdaptiveLimitSettings(min: 2, max: 500, algorithm: .aimd))
    var server = SimulatedServer(
      workers: Int(chance.draw(4...40)), service: chance.draw(20...80) * millisecond, overload: .refuses, seed: seed)
    for _ in 0..<3 {
      _ = server.play(&limit, for: 20 * second)
      let (answered, rejected) = (server.answered, server.rejected)
      let settled = server.play(&limit, for: 20 * second)
      let share = Double(server.rejected - rejected) / Double(server.answered - answered)
      #expect(share < 0.15, "seed \(seed), capacity \(server.workers)")
      for value in [settled.min() ?? 0, settled.max() ?? 0] {
        #expect(abs(value - server.workers) <= 3 + server.workers / 20, "seed \(seed), capacity \(server.workers)")
      }
      server.workers = Int(chance.draw(4...40))
    }
  }

  @Test("Slow calls are measured for a small share of the time only")
  func slowCalls() {
    var limit = AdaptiveLimit(AdaptiveLimitSettings(min: 2, max: 20))
    var server = SimulatedServer(workers: 100, service: 30 * second, seed: 5)
    _ = server.play(&limit, for: 4_000 * second)
    let limits = server.play(&limit, for: 20_000 * second)
    #expect(limits.count { $0 < 15 } * 10 < limits.count)
  }

  @Test("Drops of one in a hundred hold no limit down")
  func backgroundDrops() {
    for algorithm in AdaptiveLimitSettings.Algorithm.allCases {
      var limit = AdaptiveLimit(AdaptiveLimitSettings(min: 2, max: 40, algorithm: algorithm))
      var server = SimulatedServer(workers: 200, service: 40 * millisecond, seed: 3)
      server.chanceDrops = .percent(1)
      let limits = server.play(&limit, for: 60 * second).sorted()
      #expect(limits[limits.count / 2] >= 30, "\(algorithm)")
    }
  }
}
