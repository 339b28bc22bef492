import ResilienceCore
import Testing

@Suite struct BreakerShapeTests {
  @Test("A permit is two words, and the same after a stay in a frame")
  func permit() throws {
    #expect(MemoryLayout<BreakerPermit>.size == 16)
    let bench = BreakerBench(
      CircuitBreakerSettings(slowRate: .one, slowerThan: .milliseconds(1), open: .init(.seconds(1))))
    let call = try bench.admit()
    let permit = BreakerPermit(stored: call.words)
    let (isWatched, isProbe, generation) = (permit.isWatched, permit.isProbe, permit.generation)
    #expect(isWatched)
    #expect(!isProbe)
    #expect(generation == 0)
    let words = permit.stored()
    #expect(words == call.words)
  }

  @Test("The pure machine is a value: the same events give equal machines, and a copy goes its own way")
  func value() {
    let numbers = BreakerNumbers(.aggressive)
    let chance = Chance(seed: 1)
    func fail(_ machine: inout BreakerMachine) {
      guard case .admit(let permit, _) = machine.admit(at: .milliseconds(1), chance: chance) else { return }
      _ = machine.record(permit, .failure, started: .milliseconds(1), ended: .milliseconds(2), chance: chance)
    }
    var one = BreakerMachine(numbers)
    var two = BreakerMachine(BreakerNumbers(.aggressive))
    #expect(one == two)
    fail(&one)
    #expect(one != two)
    fail(&two)
    #expect(Set([one, two]).count == 1)
    for _ in 0..<2 { fail(&one) }
    #expect(one.name == .open)
    #expect(two.name == .closed)
  }
}
