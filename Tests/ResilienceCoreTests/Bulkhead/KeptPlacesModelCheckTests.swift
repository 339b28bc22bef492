import ResilienceCore
import Testing

/// Every order of a few events around one thread that takes and gives back what it keeps, each in its three steps.
@Suite("Places that threads keep, in every order")
struct KeptPlacesModelCheckTests {
  private enum Event: CaseIterable {
    /// The next step of a call that comes in or goes out on the thread.
    case enter, leave
    /// What other threads do.
    case otherEnters, otherLeaves, keepingBegins, limitMoves
  }

  /// What the thread is about to do.
  private enum Step {
    case countIn(KeptLine)
    case lookIn(KeptLine)
    case countOut(KeptLine)
    case lookOut(KeptLine)
  }

  private struct Play {
    var limit = 2
    var running = 0
    var next: Step?
    let bulkhead = Bulkhead("b", BulkheadSettings(concurrent: 2))

    init() { bulkhead.beginKeeping() }

    /// Says what is wrong.
    mutating func step(_ event: Event) -> String? {
      switch (event, next) {
      case (.enter, nil): return enter()
      case (.leave, nil): leave()
      case (.enter, .some), (.leave, .some): return goOn()
      case (.otherEnters, _): return otherEnters()
      case (.otherLeaves, _): otherLeaves()
      case (.keepingBegins, _): bulkhead.beginKeeping()
      case (.limitMoves, _):
        limit = 3 - limit
        bulkhead.update(BulkheadSettings(concurrent: limit))
      }
      return check()
    }

    private func check() -> String? {
      next == nil && bulkhead.inUse != running ? "\(bulkhead.inUse) places are taken, \(running) run" : nil
    }

    private mutating func enter() -> String? {
      if let line = bulkhead.kept.ownLine {
        next = .countIn(line)
        return nil
      }
      return note(bulkhead.enterPassively())
    }

    private mutating func leave() {
      guard running > 0 else { return }
      running -= 1
      if let line = bulkhead.kept.ownLine {
        next = .countOut(line)
      } else if !bulkhead.leavePassively() {
        bulkhead.leave()
      }
    }

    /// The next step of what the thread does.
    private mutating func goOn() -> String? {
      guard let step = next else { return nil }
      next = nil
      switch step {
      case .countIn(let line):
        line.countIn()
        next = .lookIn(line)
      case .lookIn(let line): return note(bulkhead.hasEntered(line))
      case .countOut(let line):
        line.countOut()
        next = .lookOut(line)
      case .lookOut(let line): bulkhead.settleIfNeeded(line)
      }
      return check()
    }

    private mutating func note(_ isIn: Bool) -> String? {
      guard isIn == (running < limit) else { return "the call is \(isIn ? "let in" : "turned away")" }
      if isIn { running += 1 }
      return check()
    }

    private mutating func otherEnters() -> String? {
      let isFree = running < limit
      let isIn = bulkhead.tryEnter()
      if isIn { running += 1 }
      // A call that is about to come in, or to be gone, may be in the way.
      if isIn != isFree, isIn || next == nil { return "another is \(isIn ? "let in" : "turned away")" }
      return check()
    }

    private mutating func otherLeaves() {
      guard running > 0 else { return }
      running -= 1
      bulkhead.leave()
    }

    /// Whether all places are there when all calls are gone.
    mutating func end() -> String? {
      while next != nil {
        if let fault = goOn() { return fault }
      }
      while running > 0 {
        running -= 1
        bulkhead.leave()
      }
      let places = (0...limit).filter { _ in bulkhead.tryEnter() }.count
      return places == limit ? nil : "\(places) places of \(limit) are there in the end"
    }
  }

  @Test(
    "K1, K2: in every order of six events calls are let in while there is a place, and no place is lost or there twice"
  )
  func everyOrder() {
    let count = Event.allCases.count
    let length = 6
    let orders = (0..<length).reduce(1) { product, _ in product * count }
    for code in 0..<orders {
      var play = Play()
      var rest = code
      var events: [Event] = []
      for _ in 0..<length {
        let event = Event.allCases[rest % count]
        rest /= count
        events.append(event)
        guard let fault = play.step(event) else { continue }
        Issue.record("\(fault) after \(events)")
        return
      }
      guard let fault = play.end() else { continue }
      Issue.record("\(fault) after \(events)")
      return
    }
    print("model check, kept places: \(orders) orders of \(length) events")
  }
}
