import ResilienceCore
import Synchronization
import Testing

@Suite("What a call reads of the clock")
struct ClockReadTests {
  @Test("T2: all layers get the one instant of the attempt's end, though time goes on while they are told")
  func oneInstantOnTheWayOut() throws {
    let time = VirtualTime()
    let instants = Mutex<[Instant]>([])
    let settings = CircuitBreakerSettings(failures: 1, open: .seconds(60))
    let breakers = ["outer", "middle", "inner"].map { CircuitBreaker($0, settings) }
    let plan = Plan(
      operation: "users.get", layers: breakers.map { .breaker($0) }, time: .virtual(time), chance: Chance(seed: 1),
      supervisor: Supervisor(),
      observer: { event in
        instants.withLock { $0.append(event.instant) }
        time.advance(by: .milliseconds(10))
      })
    #expect(throws: Refused()) {
      try plan.runBlocking {
        time.advance(by: .milliseconds(5))
        throw Refused()
      }
    }
    #expect(instants.withLock { $0 } == [.milliseconds(5), .milliseconds(5), .milliseconds(5)])
    for breaker in breakers { #expect(breaker.state(at: time.now).openUntil == .milliseconds(60_005)) }
  }

  @Test("T2: all layers get the one instant of the call's entry")
  func oneInstantOnTheWayIn() throws {
    let time = VirtualTime()
    let settings = CircuitBreakerSettings(failures: 1, open: .seconds(60))
    let breaker = CircuitBreaker("database", settings)
    let open = Plan.of([.breaker(breaker)], time: .virtual(time))
    #expect(throws: Refused()) { try open.runBlocking { throw Refused() } }
    time.advance(by: .seconds(60))
    let plan = Plan(
      operation: "users.get", layers: [.breaker(breaker), .timeout(100)], time: .virtual(time),
      chance: Chance(seed: 1), supervisor: Supervisor(), observer: { _ in time.advance(by: .milliseconds(10)) })
    let told = try plan.runBlocking { CallDeadline.current?.instant }
    #expect(told == .milliseconds(60_100))
  }
}
