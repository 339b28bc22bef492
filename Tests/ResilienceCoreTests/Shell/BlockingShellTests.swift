import ResilienceCore
import Testing

@Suite("Blocking calls")
struct BlockingShellTests {
  private let time = VirtualTime()

  private func plan(_ layers: Layer...) -> Plan { .of(layers, time: .virtual(time)) }

  @Test("M2: a blocking body is not interrupted: it is told its instant, and a late end is a timeout")
  func observes() throws {
    let plan = plan(.timeout(300))
    #expect(try plan.runBlocking { CallDeadline.current?.instant } == .milliseconds(300))
    let error = #expect(throws: ResilienceError.self) { try plan.runBlocking { time.advance(by: .milliseconds(500)) } }
    #expect(error?.code == .timedOut)
  }

  @Test("A blocking call makes the same decisions as an asynchronous one")
  func breaker() throws {
    let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 2, open: .seconds(60)))
    let plan = plan(.breaker(breaker))
    for _ in 0..<2 { #expect(throws: Refused()) { try plan.runBlocking { throw Refused() } } }
    let rejected = #expect(throws: ResilienceError.self) { try plan.runBlocking {} }
    #expect(rejected?.code == .circuitOpen)
    #expect(rejected?.retryAfter == .seconds(60))
    time.advance(by: .seconds(60))
    #expect(try plan.runBlocking { 1 } == 1)
    #expect(breaker.state == .closed)
  }

  @Test("A fallback that is asynchronous code serves a blocking call")
  func asynchronousFallback() throws {
    let spare = FallbackStep(name: "spare", source: .handler(FallbackHandler(returning: Int.self) { _ in 42 }))
    let plan = Plan.of([.fallback(spare)], time: .system)
    #expect(try plan.runBlocking { () -> Int in throw Refused() } == 42)
  }
}
