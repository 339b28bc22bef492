import PolicySimulation
import ResilienceCore
import Testing

@Suite("Replays of one call")
struct ReplayTests {
  private let milliseconds: UInt64 = 1_000_000
  private let failing = ScriptedAttempt(.failure(Classification(.other)))

  private func deadline(_ after: Duration, _ mode: TimeoutSettings.Mode = .cooperative) -> Layer {
    Layer(.deadline(Limit(TimeoutSettings(after: after, mode: mode))), name: "whole")
  }

  private func timeout(_ after: Duration, _ mode: TimeoutSettings.Mode = .cooperative) -> Layer {
    Layer(.timeout(Limit(TimeoutSettings(after: after, mode: mode))), name: "one")
  }

  private func retry(_ attempts: Int, jitter: RetrySettings.Jitter = .none) -> Layer {
    let backoff = RetrySettings.Backoff.exponential(initial: .milliseconds(400), factor: 2, max: .seconds(10))
    return Layer(
      .retry(RetryPolicy(RetrySettings(attempts: attempts, backoff: backoff, jitter: jitter)), budget: nil), name: "r")
  }

  private func replay(_ layers: Layer..., chance: Chance = .largest) -> Replay {
    Replay(operation: "users.get", layers: layers, chance: chance)
  }

  @Test("Attempts start after the waits of the retry, and stop where the deadline comes first")
  func deadlineStops() {
    let free = replay(retry(5)).call { _ in failing }
    #expect(free.attemptStarts == [0, 400, 1_200, 2_800, 6_000].map { $0 * milliseconds })
    #expect(free.stopReason == "attempts")
    let bounded = replay(deadline(.seconds(2)), retry(5)).call { _ in failing }
    #expect(bounded.attempts == 3)
    #expect(bounded.stopReason == "deadline")
    #expect(bounded.end == .failure)
  }

  @Test(
    "The largest draws make the shortest waits of every jitter, the smallest draws the longest",
    arguments: [
      (RetrySettings.Jitter.none, [0, 400, 1_200], [0, 400, 1_200]), (.full, [0, 0, 0], [0, 400, 1_200]),
      (.equal, [0, 200, 600], [0, 400, 1_200]),
      (.share(Ratio(partsPerMillion: 250_000)), [0, 300, 900], [0, 400, 1_200]),
      (.decorrelated, [0, 400, 800], [0, 1_200, 4_800]),
    ] as [(RetrySettings.Jitter, [UInt64], [UInt64])])
  func luck(_ sample: (jitter: RetrySettings.Jitter, shortest: [UInt64], longest: [UInt64])) {
    let short = replay(retry(3, jitter: sample.jitter)).call { _ in failing }
    #expect(short.attemptStarts == sample.shortest.map { $0 * milliseconds })
    let long = replay(retry(3, jitter: sample.jitter), chance: .smallest).call { _ in failing }
    #expect(long.attemptStarts == sample.longest.map { $0 * milliseconds })
  }

  @Test("A body that never ends is cancelled by its limit, abandoned, or never ends")
  func endless() {
    let never = ScriptedAttempt(.never)
    let cancelled = replay(deadline(.seconds(2)), timeout(.seconds(1))).call { _ in never }
    #expect(cancelled.end == .timeout)
    #expect(cancelled.entries.last?.at == 1_000 * milliseconds)
    let abandoned = replay(deadline(.seconds(2), .abandon)).call { _ in never }
    #expect(abandoned.entries.contains { $0.event == .attemptEnded(1, .abandoned) })
    #expect(abandoned.end == .timeout)
    #expect(replay(deadline(.seconds(2), .observe)).call { _ in never }.end == .unfinished)
    #expect(replay().call { _ in never }.end == .unfinished)
  }

  @Test("A success at the very instant of the limit is in time, one later is not")
  func atTheInstant() {
    #expect(replay(timeout(.seconds(1))).call { _ in ScriptedAttempt(.success, takes: 1_000_000_000) }.end == .success)
    #expect(replay(timeout(.seconds(1))).call { _ in ScriptedAttempt(.success, takes: 1_000_000_001) }.end == .timeout)
  }

  @Test("What a breaker learnt from one call the next one meets")
  func memory() {
    let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 2, open: .seconds(60)), chance: .smallest)
    let replay = replay(Layer(.breaker(.shared(breaker)), name: "database"))
    #expect(replay.call { _ in failing }.end == .failure)
    #expect(replay.call { _ in failing }.end == .failure)
    #expect(replay.call { _ in failing }.end == .rejected)
    #expect(replay.call(at: Instant(nanoseconds: 60_000_000_000)) { _ in ScriptedAttempt(.success) }.end == .success)
  }

  @Test("A failure that changes from attempt to attempt is replayed as scripted")
  func script() {
    let trace = replay(retry(5)).call { $0 < 3 ? failing : ScriptedAttempt(.success, takes: 5) }
    #expect(trace.attempts == 3)
    #expect(trace.end == .success)
    #expect(trace.entries.last?.at == 1_200 * milliseconds + 5)
  }
}
