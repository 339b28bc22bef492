import Resilience
import ResilienceTesting
import Synchronization
import Testing

#if THREAD_SANITIZER
  import ResilienceCore
#endif

/// A counter that must not be negative; `-1` in its safe state says that it is offline.
private typealias Machine = SelfHealingStateMachine<Int, Int>

private final class Diary: Sendable {
  private let lines = Mutex<[String]>([])
  let time: VirtualTime

  init(_ time: VirtualTime) { self.time = time }

  var all: [String] { lines.withLock { $0 } }

  @Sendable func note(_ notice: Machine.Notice) {
    let text: String? =
      switch notice {
      case .advanced(let event, let state): "\(event)→\(state)"
      case .refused(let event, _): "refused \(event)"
      case .violated(let event, let state): "violated \(event)→\(state)"
      case .unhealthy: "unhealthy"
      case .initializing(let attempt): "attempt \(attempt) at \(time.now.nanoseconds / 1_000_000)"
      case .initializationFailed: nil
      case .exhausted(let attempts, _): "exhausted \(attempts)"
      case .well(let state): "well \(state)"
      }
    if let text { lines.withLock { $0.append(text) } }
  }
}

private let retry = RetrySettings(
  attempts: 6, backoff: .exponential(initial: .milliseconds(100), factor: 2, max: .milliseconds(1_600)), jitter: .none)

@Suite("A self-healing state machine")
struct SelfHealingTests {
  private func machine(
    _ time: VirtualTime, _ diary: Diary, pause: Duration? = .seconds(30), queue: Int = 100,
    health: HealthMonitor? = nil, initialize: @escaping @Sendable () async throws -> Int = { 10 }
  ) -> Machine {
    Machine(
      "counter", safeState: 0, initialize: initialize, invariant: { $0 >= 0 },
      transition: { state, event in
        if event == 99 { throw Refused() }
        return state + event
      }, settings: SelfHealingSettings(retry: retry, pause: pause, queue: queue), health: health,
      observers: [diary.note], on: .virtual(time), seed: 1)
  }

  private func running(_ machine: Machine) -> @Sendable () async -> Void { { try? await machine.run() } }

  @Test("V3: events are processed in their order; one that the transition refuses leaves the state as it was")
  func events() throws {
    try onVirtualTime { time in
      let diary = Diary(time)
      let machine = machine(time, diary)
      #expect(machine.state == 0)
      #expect(!machine.isWell)
      try machine.send(1)
      try await alongside(running(machine)) {
        for event in [2, 99, -3] { try machine.send(event) }
        try await time.pass(.seconds(1))
        #expect(machine.state == 10)
        #expect(machine.isWell)
      }
      #expect(diary.all == ["attempt 1 at 0", "well 10", "1→11", "2→13", "refused 99", "-3→10"])
      #expect(machine.state == 0, "what does not run is in its safe state")
    }
  }

  @Test("V3: a state that violates the invariant is given up and made anew; later events wait for that")
  func violation() throws {
    try onVirtualTime { time in
      let diary = Diary(time)
      let machine = machine(time, diary) {
        try await time.pass(.seconds(1))
        return 10
      }
      try await alongside(running(machine)) {
        try await time.pass(.seconds(2))
        try machine.send(-11)
        try machine.send(5)
        try await time.pass(.milliseconds(500))
        #expect(machine.state == 0)
        #expect(machine.waiting == 1)
        try await time.pass(.seconds(1))
        #expect(machine.state == 15)
      }
      #expect(diary.all == ["attempt 1 at 0", "well 10", "violated -11→-1", "attempt 1 at 2000", "well 10", "5→15"])
    }
  }

  @Test("V3: attempts follow the backoff table, and after a round comes another one")
  func backoff() throws {
    try onVirtualTime { time in
      let diary = Diary(time)
      let tries = Mutex(0)
      let machine = machine(time, diary) {
        let number = tries.withLock { tries in
          tries += 1
          return tries
        }
        if number <= 7 { throw Refused() }
        return number == 8 ? -1 : 10
      }
      try await alongside(running(machine)) { try await time.pass(.seconds(60)) }
      #expect(
        diary.all == [
          "attempt 1 at 0", "attempt 2 at 100", "attempt 3 at 300", "attempt 4 at 700", "attempt 5 at 1500",
          "attempt 6 at 3100", "exhausted 6", "attempt 1 at 33100", "attempt 2 at 33200", "attempt 3 at 33400",
          "well 10",
        ])
    }
  }

  @Test("V3: without a pause between rounds, an exhausted machine ends in its safe state with an error")
  func exhausted() throws {
    try onVirtualTime { time in
      let machine = machine(time, Diary(time), pause: nil) { throw Refused() }
      let error = await #expect(throws: SelfHealingError.self) { try await machine.run() }
      #expect(error?.code == .exhausted)
      #expect(machine.state == 0)
      #expect(time.now == Instant(nanoseconds: 3_100_000_000))
    }
  }

  @Test("V3: when the overall status becomes unhealthy it goes to its safe state and comes back")
  func unhealthy() throws {
    try onVirtualTime { time in
      let diary = Diary(time)
      let check = Patient("database", on: time)
      let monitor = HealthMonitor(
        checks: [check], HealthCheckSettings(every: .seconds(1), timeout: .milliseconds(500), jitter: .zero),
        on: .virtual(time))
      let machine = machine(time, diary, health: monitor)
      try await alongside(monitor.run) {
        try await alongside(running(machine)) {
          try await time.pass(.milliseconds(500))
          try machine.send(1)
          check.set(.unhealthy("down"))
          try await time.pass(.seconds(5))
          #expect(machine.isWell, "one cause, one healing")
          check.set(.healthy)
          try await time.pass(.seconds(2))
          check.set(.unhealthy("down again"))
          try await time.pass(.seconds(2))
        }
      }
      #expect(
        diary.all == [
          "attempt 1 at 0", "well 10", "1→11", "unhealthy", "attempt 1 at 1000", "well 10", "unhealthy",
          "attempt 1 at 8000", "well 10",
        ])
    }
  }

  @Test("Events beyond the queue are refused, and nothing that was taken is lost")
  func queue() throws {
    try onVirtualTime { time in
      let machine = machine(time, Diary(time), queue: 3)
      for event in 1...3 { try machine.send(event) }
      let error = #expect(throws: SelfHealingError.self) { try machine.send(4) }
      #expect(error?.code == .queueFull)
      try await alongside(running(machine)) {
        try await time.pass(.seconds(1))
        try machine.send(4)
        try await time.pass(.seconds(1))
        #expect(machine.state == 20)
      }
    }
  }

  @Test("A second run beside the first is refused; a run after it is not")
  func twice() throws {
    try onVirtualTime { time in
      let machine = machine(time, Diary(time))
      try await alongside(running(machine)) {
        try await time.pass(.seconds(1))
        let error = await #expect(throws: SelfHealingError.self) { try await machine.run() }
        #expect(error?.code == .runsAlready)
      }
      try await alongside(running(machine)) {
        try await time.pass(.seconds(1))
        #expect(machine.isWell)
      }
    }
  }

  @Test(
    "V3: whatever events, failures and health do: no shown state violates the invariant, no event is lost, it comes back",
    arguments: 1...60)
  func anySchedule(_ seed: Int) throws {
    try onVirtualTime(seed: UInt64(seed)) { time in
      let chance = Chance(seed: UInt64(seed))
      let check = Patient("database", on: time)
      let monitor = HealthMonitor(
        checks: [check], HealthCheckSettings(every: .seconds(1), timeout: .milliseconds(500)), on: .virtual(time))
      let fails = Mutex(false)
      let told = Mutex<(events: [Int], bad: [Int])>(([], []))
      let machine = Machine(
        "counter", safeState: 0,
        initialize: {
          try await time.pass(.milliseconds(Int64(chance.draw(0...300))))
          if fails.withLock({ $0 }), chance.draw(0...2) > 0 { throw Refused() }
          return chance.draw(0...9) == 0 ? -5 : Int(chance.draw(0...20))
        }, invariant: { $0 >= 0 },
        transition: { state, event in
          if event % 7 == 0 { throw Refused() }
          return event.isMultiple(of: 2) ? state + 1 : state - 4
        }, settings: SelfHealingSettings(retry: retry, pause: .seconds(5), queue: 10_000), health: monitor,
        observers: [
          { notice in
            told.withLock { told in
              switch notice {
              case .advanced(let event, let state):
                told.events.append(event)
                if state < 0 { told.bad.append(state) }
              case .refused(let event, _), .violated(let event, _): told.events.append(event)
              case .well(let state): if state < 0 { told.bad.append(state) }
              default: break
              }
            }
          }
        ], on: .virtual(time), seed: UInt64(seed))
      try await alongside(monitor.run) {
        try await alongside(running(machine)) {
          var sent = 0
          for _ in 0..<120 {
            switch chance.draw(0...5) {
            case 0: check.set(chance.draw(0...1) == 0 ? .healthy : .unhealthy("down"))
            case 1: fails.withLock { $0.toggle() }
            default: break
            }
            for _ in 0..<chance.draw(0...3) {
              try machine.send(sent)
              sent += 1
            }
            try await time.pass(.milliseconds(Int64(chance.draw(0...700))))
            #expect(machine.state >= 0, "seed \(seed)")
          }
          fails.withLock { $0 = false }
          check.set(.healthy)
          try await time.pass(.seconds(60))
          #expect(machine.isWell, "seed \(seed)")
          #expect(machine.waiting == 0, "seed \(seed)")
          let (events, bad) = told.withLock { $0 }
          #expect(events == Array(0..<sent), "seed \(seed)")
          #expect(bad == [], "seed \(seed)")
        }
      }
    }
  }
}
