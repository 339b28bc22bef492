import ResilienceCore
import Testing

/// Sixteen situations in which well-known libraries behave differently, and what happens here.
@Suite struct DisagreementTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let settings: CircuitBreakerSettings
    let steps: [Step]

    init(_ title: String, _ settings: CircuitBreakerSettings, _ steps: Step...) {
      testDescription = title
      self.settings = settings
      self.steps = steps
    }
  }

  /// One line of a situation. Calls have names; times are milliseconds.
  enum Step: Sendable {
    case at(Int)
    /// A call that begins and ends.
    case call(Outcome)
    case calls(Int, Outcome)
    case begin(String)
    case end(String, Outcome)
    /// A call is turned away, and told to come back after so long.
    case turnedAway(comeBack: Int)
    case reload(CircuitBreakerSettings)
    case expect(BreakerStateName)
    case expectProbes(Int)
    case expectWindow(WindowCounts)
    /// The end of the call changes nothing and is counted as late.
    case late(String, Outcome)
  }

  private static let simple = CircuitBreakerSettings(failures: 1, open: .seconds(1))
  private static let rate = CircuitBreakerSettings(
    failureRate: .percent(50), window: .calls(10), minimumCalls: 4, open: .init(.seconds(1)))
  private static let timed = CircuitBreakerSettings(
    failuresInWindow: 3, window: .time(.seconds(10)), open: .init(.seconds(1)))

  static let rows: [Row] = [
    Row("1: a rate exactly at the threshold opens", rate, .calls(2, .success), .calls(2, .failure), .expect(.open)),
    Row(
      "2: a success that completes the minimum opens when the rate is reached", rate, .calls(3, .failure),
      .expect(.closed), .call(.success), .expect(.open)),
    Row(
      "3: when the wait is exactly over, the next call is a probe", simple, .call(.failure), .at(999),
      .turnedAway(comeBack: 1), .at(1_000), .begin("probe"), .expect(.halfOpen)),
    Row(
      "4: a probe that hangs loses its place after its lease", simple, .call(.failure), .at(1_000), .begin("hung"),
      .at(1_999), .turnedAway(comeBack: 1), .at(2_000), .call(.success), .expect(.closed), .late("hung", .failure)),
    Row(
      "5: a probe that its caller cancels decides nothing and gives its place back", simple, .call(.failure),
      .at(1_000), .call(.cancelled), .expect(.halfOpen), .expectProbes(0), .call(.success), .expect(.closed)),
    Row(
      "6: a late success of an earlier closed state does not count in half-open", simple, .begin("old"),
      .call(.failure), .at(1_000), .begin("probe"), .late("old", .success), .expect(.halfOpen)),
    Row(
      "7: a late failure of an earlier closed state does not open again", simple, .begin("old"), .call(.failure),
      .at(1_000), .begin("probe"), .late("old", .failure), .expect(.halfOpen), .end("probe", .success),
      .expect(.closed)),
    Row(
      "8: a late failure while open makes it open no longer", simple, .begin("old"), .call(.failure), .at(500),
      .late("old", .failure), .turnedAway(comeBack: 500)),
    Row(
      "9: callers beyond the probes are turned away, and told when a place comes free at the latest", simple,
      .call(.failure), .at(1_000), .begin("probe"), .at(1_300), .turnedAway(comeBack: 700), .expectProbes(1)),
    Row(
      "10: an ignored error in half-open decides nothing and gives its place back", simple, .call(.failure),
      .at(1_000), .call(.ignored([.defined(0)])), .expect(.halfOpen), .expectProbes(0)),
    // The clock is monotonic (T1), so what a wall clock does cannot be said to a breaker at all: an instant from before is
    // the worst that threads can bring it.
    Row(
      "11: an instant from before makes it open neither longer nor shorter", simple, .at(30_000), .call(.failure),
      .at(0), .turnedAway(comeBack: 31_000), .at(31_000), .call(.success), .expect(.closed)),
    Row(
      "12: an instant from before neither empties a window of time nor loses a call", timed, .at(30_000),
      .call(.failure), .at(29_000), .call(.failure), .expectWindow(WindowCounts(calls: 2, failures: 2)), .at(30_000),
      .call(.failure), .expect(.open)),
    Row(
      "13: a minimum above the window, which no file can ask for, never opens by chance",
      CircuitBreakerSettings(failureRate: .percent(50), window: .calls(4), minimumCalls: 9, open: .init(.seconds(1))),
      .calls(20, .failure), .expect(.closed)),
    Row(
      "14: a reload while open that edits a threshold leaves it open for what is left of its time", simple,
      .call(.failure), .at(400), .reload(CircuitBreakerSettings(failures: 9, open: .seconds(1))), .expect(.open),
      .turnedAway(comeBack: 600)),
    // 15, a callback that calls back into the breaker, is in ReentrancyTests: nothing of the caller's runs under a lock.
    Row(
      "16: a body that ends in an unusual way is a failure, and its place is released", simple, .call(.failure),
      .at(1_000), .call(.failure(.other)), .expect(.open), .expectProbes(0), .at(2_000), .call(.success),
      .expect(.closed)),
  ]

  @Test("What libraries disagree about", arguments: rows)
  func row(_ row: Row) throws {
    var bench = BreakerBench(row.settings)
    var running: [String: BreakerBench.Running] = [:]
    for (number, step) in row.steps.enumerated() {
      let place: Comment = "step \(number + 1): \(String(describing: step))"
      switch step {
      case .at(let time): bench.at(time)
      case .call(let outcome): try bench.call(outcome)
      case .calls(let count, let outcome): try bench.calls(count, outcome)
      case .begin(let name): running[name] = try bench.admit()
      case .end(let name, let outcome): bench.end(try #require(running[name], place), outcome)
      case .late(let name, let outcome):
        let before = bench.snapshot
        #expect(bench.end(try #require(running[name], place), outcome) == .late, place)
        #expect(bench.snapshot == before, place)
      case .turnedAway(let wait): #expect(try bench.rejection().retryAfter == milliseconds(wait), place)
      case .reload(let settings): bench.breaker.update(settings, at: bench.now)
      case .expect(let state): #expect(bench.breaker.state == state, place)
      case .expectProbes(let count): #expect(bench.snapshot.probes == count, place)
      case .expectWindow(let counts): #expect(bench.snapshot.window == counts, place)
      }
    }
  }
}
