import ResilienceCore
import Testing

@Suite("A call and its fallbacks")
struct CallFallbackTests {
  private func player(_ steps: FallbackStep..., ends: [FallbackEnd]) -> CallPlayer {
    CallPlayer(plan: .of([Layer(.fallback(steps), name: "fallback")]), fallbacks: ends)
  }

  @Test("F1: a chain is tried in order until one serves")
  func order() {
    let chain = player(.code("first"), .code("second"), .code("third"), ends: [.failed, .served(age: nil)])
    let ending = chain.play([.fail()])
    #expect(ending.verdict == "fallback")
    #expect(ending.askedFallbacks == [0, 1])
  }

  @Test("F1: when all fail, the verdict names the chain")
  func allFail() {
    let ending = player(.code("first"), .code("second"), ends: [.failed, .failed]).play([.fail()])
    #expect(ending.verdict == "fallback failed fallback")
  }

  @Test("F1: a link that does not handle the failure is passed over; if none does, the body's error stays")
  func handle() {
    let chain = player(.code("slow", handle: .timeout), .code("any"), ends: [.served(age: nil)])
    #expect(chain.play([.fail()]).askedFallbacks == [1])
    let none = player(.code("slow", handle: .timeout), ends: [.served(age: nil)])
    #expect(none.play([.fail()]).verdict == "failed")
  }

  @Test("F2: a last good value that is too old is no failure of the chain")
  func nothingKept() {
    #expect(player(.code("kept"), ends: [.unavailable]).play([.fail()]).verdict == "failed")
  }

  @Test("A fallback stands in for a rejection, and the breaker inside does not see it")
  func rejection() {
    let breaker = CircuitBreaker("database", CircuitBreakerSettings(failures: 1, open: .seconds(60)))
    let plan = Plan.of([.fallback(.code("spare")), .breaker(breaker)])
    let player = CallPlayer(plan: plan, fallbacks: [.served(age: nil)])
    #expect(player.play([.fail()]).verdict == "fallback")
    let rejected = player.play([.ok()])
    #expect(rejected.verdict == "fallback")
    #expect(rejected.starts.isEmpty)
    #expect(breaker.state == .open)
  }
}
