@testable import ResilienceCore

/// A breaker, the calls that run in it and the time: all that its future depends on. Times are nanoseconds, and few.
struct ModelState: Hashable {
  struct Call: Hashable {
    var word: UInt64
    var detail: UInt64
    var started: Instant

    var isProbe: Bool { BreakerPermit(stored: (word, detail)).isProbe }
  }

  /// What can happen to it.
  enum Event: Hashable {
    case tick
    /// A call comes; if a share is drawn, it is among it or not.
    case admit(isDrawn: Bool)
    case end(Int, Outcome)
    case isolate
    case close
    /// The settings with this number come into force.
    case reload(Int)
  }

  var machine: BreakerMachine
  var settings = 0
  /// In the order of their admission. One that is never ended hangs.
  var running: [Call] = []
  var now = Instant(nanoseconds: 0)

  init(_ numbers: BreakerNumbers) { machine = BreakerMachine(numbers) }

  static func == (left: ModelState, right: ModelState) -> Bool {
    left.now == right.now && left.running == right.running && left.machine == right.machine
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(now)
    hasher.combine(running)
    hasher.combine(machine)
  }

  /// Lets something happen, and says what it changed.
  mutating func happen(_ event: Event, _ model: Model) -> BreakerChanges {
    switch event {
    case .tick:
      now = now.advanced(by: 1)
      return []
    case .admit(let isDrawn):
      return admit(chance: isDrawn ? .smallest : .largest)
    case .end(let index, let outcome):
      let call = running.remove(at: index)
      return end(call, outcome, chance: .smallest)
    case .isolate: return machine.isolate(at: now, chance: .smallest)
    case .close: return machine.close(at: now, chance: .smallest)
    case .reload(let number):
      settings = number
      return machine.update(model.numbers[number], at: now, chance: .smallest)
    }
  }

  mutating func admit(chance: Chance) -> BreakerChanges {
    switch machine.admit(at: now, chance: chance) {
    case .admit(let permit, let changes):
      let words = permit.stored()
      running.append(Call(word: words.0, detail: words.1, started: now))
      return changes
    case .pass(_, let changes): return changes
    case .reject(_, let changes): return changes
    }
  }

  mutating func end(_ call: Call, _ outcome: Outcome, chance: Chance) -> BreakerChanges {
    machine.record(
      BreakerPermit(stored: (call.word, call.detail)), outcome, started: call.started, ended: now, chance: chance)
  }

  /// What can happen next, within the bounds of the model.
  func events(_ model: Model) -> [Event] {
    var events: [Event] = []
    if now.nanoseconds < model.horizon { events.append(.tick) }
    if running.count < model.mostRunning {
      events.append(.admit(isDrawn: true))
      if case .ramping = machine.state { events.append(.admit(isDrawn: false)) }
    }
    for index in running.indices {
      for outcome in [Outcome.success, .failure, .ignored([.rejected]), .cancelled] {
        events.append(.end(index, outcome))
      }
    }
    events += [.isolate, .close]
    events += model.numbers.indices.filter { $0 != settings }.map { .reload($0) }
    return events
  }
}
