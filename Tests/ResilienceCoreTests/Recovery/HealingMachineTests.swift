import ResilienceCore
import Testing

@Suite("Healing as a machine")
struct HealingMachineTests {
  @Test("V3: attempts begin 0, 100, 200, 400, 800 and 1600 ms after the failure before, then rounds follow each other")
  func backoff() {
    var settings = RetrySettings(
      attempts: 6, backoff: .exponential(initial: .milliseconds(100), factor: 2, max: .milliseconds(1_600)))
    settings.jitter = .none
    var machine = HealingMachine(settings, pause: .seconds(30))
    let chance = Chance(seed: 0)
    var now: UInt64 = 0
    machine.begin()
    var waits: [UInt64] = []
    for number in 1...6 {
      let before = now
      if let wake = machine.wake { now = wake.nanoseconds / 1_000_000 }
      waits.append(now - before)
      #expect(machine.attempt(at: .ms(now)) == number)
      let failure = machine.failed(at: .ms(now), chance: chance)
      #expect(failure == (number == 6 ? .exhausted : .tryAgain))
    }
    #expect(waits == [0, 100, 200, 400, 800, 1_600])
    #expect(machine.wake == .ms(now + 30_000))
    #expect(machine.attempt(at: .ms(now + 29_999)) == nil)
    #expect(machine.attempt(at: .ms(now + 30_000)) == 1)
    machine.succeeded()
    #expect(machine.phase == .well)
  }

  @Test("Without a pause there is one round; a new cause during a round changes nothing")
  func over() {
    var machine = HealingMachine(RetrySettings(attempts: 2, backoff: .constant(.seconds(1)), jitter: .none), pause: nil)
    machine.begin()
    #expect(machine.failed(at: .ms(0), chance: Chance(seed: 0)) == .tryAgain)
    machine.begin()
    #expect(machine.attempt(at: .ms(999)) == nil)
    #expect(machine.attempt(at: .ms(1_000)) == 2)
    #expect(machine.failed(at: .ms(1_000), chance: Chance(seed: 0)) == .exhausted)
    #expect(machine.phase == .over)
    #expect(machine.wake == nil)
  }
}
