import Resilience
import ResilienceTesting
import Testing

@testable import ResilienceCore

/// Calls whose limit is judged by a clock that is behind, as the machine's coarse clock is by a few milliseconds.
@Suite("Limits by the coarse clock")
struct CoarseClockTests {
  /// Whether a body is in time that takes so long within this limit; all its ways agree.
  private func isInTime(
    _ taken: Duration, limit: Duration, coarseStep: Duration, startingAt start: Duration = .zero
  ) async -> Bool? {
    var found: Set<Bool> = []
    for cancels in [true, false] {
      let time = VirtualTime(coarseStep: coarseStep)
      time.advance(by: start)
      let pipeline = Pipeline("read", [.timeout(limit, cancels: cancels)], on: .virtual(time))
      let blocking: Void? = try? pipeline.runBlocking { time.advance(by: taken) }
      found.insert(blocking != nil)
    }
    let time = VirtualTime(coarseStep: coarseStep)
    time.advance(by: start)
    let pipeline = Pipeline("read", [.timeout(limit, cancels: false)], on: .virtual(time))
    let asynchronous: Void? = try? await pipeline.run { time.advance(by: taken) }
    found.insert(asynchronous != nil)
    return found.count == 1 ? found.first : nil
  }

  @Test("Within 20 ms of the limit the precise clock decides, to the nanosecond, however far behind the coarse one is")
  func margin() async {
    for limit in [5, 19, 20] {
      let limit = Duration.milliseconds(limit)
      #expect(await isInTime(limit, limit: limit, coarseStep: .seconds(1)) == true)
      #expect(await isInTime(limit + .nanoseconds(1), limit: limit, coarseStep: .seconds(1)) == false)
    }
    // The coarse clock stands at 96 ms when the body ends at 116 ms and later.
    let limit = Duration.milliseconds(116)
    #expect(await isInTime(limit, limit: limit, coarseStep: .milliseconds(24)) == true)
    #expect(await isInTime(limit + .nanoseconds(1), limit: limit, coarseStep: .milliseconds(24)) == false)
  }

  @Test("Further from the limit than 20 ms the coarse clock alone decides")
  func farFromTheLimit() async {
    // No machine's clock is as far behind; so it shows which one was asked.
    #expect(await isInTime(.milliseconds(30), limit: .milliseconds(21), coarseStep: .seconds(1)) == true)
    #expect(await isInTime(.milliseconds(30), limit: .milliseconds(20), coarseStep: .seconds(1)) == false)
  }

  @Test("A body that fails is measured by the precise clock, whatever the coarse one says", arguments: [true, false])
  func failureIsMeasured(isBlocking: Bool) async throws {
    let time = VirtualTime(coarseStep: .seconds(1))
    let pipeline = Pipeline(
      "read", [.timeout(.milliseconds(30), cancels: false), .retry(RetrySettings(attempts: 2, backoff: .none))],
      on: .virtual(time))
    let body = {
      time.advance(by: .milliseconds(20))
      throw Refused()
    }
    let error = await #expect(throws: ResilienceError.self) {
      if isBlocking { try pipeline.runBlocking { try body() } } else { try await pipeline.run { try body() } }
    }
    #expect(error?.code == .timedOut)
    #expect(error?.history.map(\.duration) == [.milliseconds(20), .milliseconds(20)])
  }

  @Test("A success that a breaker has to be told of is counted once")
  func toldBreaker() async throws {
    let time = VirtualTime(coarseStep: .milliseconds(4))
    let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 1, open: .milliseconds(50)))
    let pipeline = Pipeline(
      "read", [.timeout(.milliseconds(100), cancels: false), .breaker(breaker)], on: .virtual(time))
    await #expect(throws: Refused.self) { try await pipeline.run { throw Refused() } }
    time.advance(by: .milliseconds(60))
    try await pipeline.run { time.advance(by: .milliseconds(5)) }
    #expect(breaker.state(at: time.now).state == .closed)
  }

  @Test("A body within a cancelling limit is in time, or not, by the precise clock near it", arguments: [true, false])
  func cancelling(isLate: Bool) throws {
    let time = VirtualTime(coarseStep: .seconds(1))
    let pipeline = Pipeline("read", [.timeout(.milliseconds(15))], on: .virtual(time))
    let late = isLate ? Duration.nanoseconds(1) : .zero
    let result: Void? = try? pipeline.runBlocking { time.advance(by: .milliseconds(15) + late) }
    #expect((result == nil) == isLate)
  }

  @Test("So is an asynchronous one, which a timer cancels", arguments: [true, false])
  func cancellingAsynchronous(isLate: Bool) async {
    let time = VirtualTime(coarseStep: .seconds(1))
    let pipeline = Pipeline("read", [.timeout(.milliseconds(15))], on: .virtual(time))
    let taken = Duration.milliseconds(15) + .nanoseconds(isLate ? 1 : -1)
    let result: Void? = try? await pipeline.run { time.advance(by: taken) }
    #expect((result == nil) == isLate)
  }
}
