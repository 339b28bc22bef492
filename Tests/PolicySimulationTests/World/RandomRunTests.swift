import PolicyLanguage
import PolicySimulation
import ResilienceCore
import Testing

@Suite("Any run")
struct RandomRunTests {
  @Test("Events of any run fit together, and the same seed gives the same bytes", arguments: 1...40)
  func events(seed: UInt64) throws {
    let chance = Chance(seed: seed)
    for round in 0..<6 {
      let script = RandomScript(chance)
      guard try Self.problem(in: script, seed) != nil else { continue }
      let smallest = try script.shrunk { try Self.problem(in: $0, seed) != nil }
      let problem = try Self.problem(in: smallest, seed) ?? ""
      Issue.record("seed \(seed), round \(round): \(problem)\n\(smallest.policies)\n\(smallest.text)")
    }
  }

  private static func problem(in script: RandomScript, _ seed: UInt64) throws -> String? {
    let document = try PolicyDocument.reading(script.policies)
    let simulation = try Simulation.script(document, script.text, luck: .seed(seed))
    let run = Run(simulation)
    guard run.lines == Run(simulation).lines else { return "two runs differ" }
    var check = EventCheck(script)
    for event in run.events {
      if let problem = check.add(event) { return "\(problem) in \(String(decoding: event.jsonLine, as: UTF8.self))" }
    }
    return check.finish(run.recording.summary)
  }
}

/// What holds of the events of every run.
private struct EventCheck {
  private struct CallState {
    var began: UInt64
    var attempts = 0
    var running: Set<Int> = []
    var hasEnded = false
    var isWaiting = false
    var isRunning: Bool { !running.isEmpty }
  }

  private let script: RandomScript
  private var now: UInt64 = 0
  private var calls: [Int: CallState] = [:]
  private var breaker = "closed"
  private var outcomes: [CallOutcome: Int] = [:]
  private var attempts = 0

  init(_ script: RandomScript) { self.script = script }

  mutating func add(_ event: SimulationEvent) -> String? {
    guard event.at >= now else { return "time goes back" }
    now = event.at
    if case .breakerState(let from, let to) = event.kind {
      guard from == breaker, from != to else { return "the breaker was \(breaker)" }
      breaker = to
    }
    guard let number = event.call else { return nil }
    if case .callStarted = event.kind {
      guard calls[number] == nil, number == calls.count + 1 else { return "calls are not counted" }
      calls[number] = CallState(began: now)
      return nil
    }
    guard var call = calls[number], !call.hasEnded else { return "the call does not run" }
    let problem = add(event, to: &call)
    calls[number] = call
    if let concurrent = script.concurrent, calls.values.count(where: \.isRunning) > concurrent {
      return "more than \(concurrent) bodies run"
    }
    return problem
  }

  private mutating func add(_ event: SimulationEvent, to call: inout CallState) -> String? {
    switch event.kind {
    case .attemptStarted:
      call.attempts += 1
      attempts += 1
      guard call.running.count < script.legs, event.attempt == call.attempts, call.attempts <= script.attempts else {
        return "the attempt is one too many"
      }
      call.running.insert(call.attempts)
      call.isWaiting = false
    case .attemptEnded:
      guard let attempt = event.attempt, call.running.remove(attempt) != nil else { return "no such attempt runs" }
    case .retryScheduled: call.isWaiting = true
    case .retryStopped:
      guard call.attempts > 0, !call.isWaiting, !call.isRunning else { return "nothing stops here" }
    case .callEnded(let outcome, let attempts, let took):
      guard !call.isRunning, attempts == call.attempts, took == now - call.began else { return "the end is wrong" }
      call.hasEnded = true
      outcomes[outcome, default: 0] += 1
    default: break
    }
    return nil
  }

  func finish(_ summary: Summary) -> String? {
    for outcome in CallOutcome.allCases where summary[outcome] != outcomes[outcome, default: 0] {
      return "the summary counts \(summary[outcome]) \(outcome.word)"
    }
    guard summary.unfinished == calls.values.count(where: { !$0.hasEnded }) else { return "unfinished is wrong" }
    guard summary.attempts == attempts, summary.calls == calls.count else { return "the sums are wrong" }
    let times = summary.breakers.flatMap(\.times).reduce(0) { $0 + $1.time }
    guard summary.end >= now else { return "the end is before the last event" }
    return summary.breakers.isEmpty || times == summary.end ? nil : "the breaker's times are \(times) of \(summary.end)"
  }
}
