import ResilienceCore
import ResilienceTesting
import Testing

/// A counter that reads and writes with a suspension in between.
private actor Stock {
  private(set) var left: Int

  init(_ left: Int) { self.left = left }

  func take(on time: VirtualTime, safely: Bool) async -> Bool {
    guard left > 0 else { return false }
    if safely { left -= 1 }
    trace("found \(left)")
    // Somebody else may come in here.
    await Task.yield()
    if !safely { left -= 1 }
    return true
  }
}

private struct Oversold: Error, Equatable {
  let taken: Int
}

@Suite struct ExploreInterleavingsTests {
  @Sendable private static func race(_ time: VirtualTime, safely: Bool) async throws {
    let stock = Stock(1)
    let taken = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<4 {
        group.addTask {
          await time.named("buyer \(number)") {
            // Everybody comes later than the one before, so that only unlikely orders bring two of them together.
            for _ in 0..<(6 * number) {
              trace("comes")
              await Task.yield()
            }
            return await stock.take(on: time, safely: safely)
          }
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    trace("\(taken) taken")
    if taken != 1 { throw Oversold(taken: taken) }
  }

  @Test("T3: two thousand runs give one trace a seed, and the seeds give different ones")
  func traces() throws {
    func explore() throws -> Interleavings {
      try exploreInterleavings(seeds: 0..<1_000) { time in try await Self.race(time, safely: true) }
    }
    let (first, second) = (try explore(), try explore())
    #expect(first.runs == second.runs)
    #expect(first.runs.count == 1_000)
    #expect(first.distinctCount > 10)
    #expect(first.runs.allSatisfy { $0.trace.last == "0 us 1 taken" })
  }

  @Test func aPlantedRaceIsFoundAndReplays() throws {
    let failure = #expect(throws: InterleavingFailure.self) {
      try exploreInterleavings(seeds: 0..<2_000) { time in try await Self.race(time, safely: false) }
    }
    let found = try #require(failure)
    let oversold = try #require(found.error as? Oversold)
    #expect(found.trace.count > 2)
    for _ in 0..<3 {
      #expect(throws: oversold) {
        try onVirtualTime(seed: found.seed) { time in try await Self.race(time, safely: false) }
      }
    }
    let text = found.description
    #expect(text.contains("seed \(found.seed) fails: \(oversold)"))
    #expect(
      text.contains("RESILIENCE_SEED=\(found.seed) swift test --filter 'aPlantedRaceIsFoundAndReplays'"))
    #expect(text.contains("try onVirtualTime(seed: \(found.seed))"))
    #expect(found.trace.allSatisfy { text.contains($0) })
  }

  @Test func thePlantedRaceIsNotSeenInTheUsualOrder() throws {
    try onVirtualTime { time in try await Self.race(time, safely: false) }
  }

  @Test func traceDoesNothingOutsideOfARun() { trace("nobody listens") }
}
