import PolicyLanguage
import PolicySimulation
import ResilienceCore

/// A breaker that does not open although every attempt fails, at the pace that the facts declare.
struct SteadyFailure {
  let window: UInt64
  /// The calls that have to be in the window, and the field that says so.
  let needed: Int
  let neededField: String
  /// The most calls that were ever in it.
  let most: Int
  let witness: [WitnessLine]
  /// Every attempt that was played, and the nanoseconds between two.
  let calls: Int
  let pace: UInt64

  /// More attempts than these are not played through.
  private static let maximumCalls = 100_000.0

  /// `nil` when the breaker does not need so many calls, opens, or too little is known.
  init?(_ load: BreakerLoad) {
    let settings = load.breaker.value.settings
    guard case .time(let duration) = settings.window, settings.failures == nil, settings.mode.isLive,
      let pace = load.pace?.rounded()
    else {
      return nil
    }
    let window = duration.nanoseconds
    let judgesRates = settings.failureRate != nil || settings.slowRate != nil
    let minimum = judgesRates ? settings.minimumCalls ?? 20 : .max
    let failures = settings.failuresInWindow ?? .max
    let needed = min(minimum, failures)
    guard needed < .max, Double(window) / pace < Double(needed), Double(window) / pace * 3 < Self.maximumCalls else {
      return nil
    }
    self.window = window
    self.needed = needed
    neededField = minimum <= failures ? "minimumCalls" : "failuresInWindow"
    guard let played = Self.play(load.breaker, every: pace, for: window) else { return nil }
    most = played.most
    witness = played.witness
    calls = played.calls
    self.pace = UInt64(max(pace, 1))
  }

  /// Lets every attempt fail for three windows; `nil` when the breaker opens.
  private static func play(
    _ definition: Definition<BreakerDefinition>, every pace: Double, for window: UInt64
  ) -> (most: Int, calls: Int, witness: [WitnessLine])? {
    let breaker = CircuitBreaker(definition.name, definition.value.settings, chance: Chance(seed: 0))
    let end = Double(window) * 3
    var (time, calls, most, fullest) = (0.0, 0, 0, 0.0)
    while time <= end {
      let now = Instant(nanoseconds: UInt64(time))
      guard case .admit(let permit, _) = breaker.admit(at: now) else { return nil }
      let changes = breaker.record(permit, .failure(.other), started: now, ended: now)
      if !changes.isEmpty { return nil }
      calls += 1
      let inWindow = breaker.state(at: now).window.calls
      if inWindow > most { (most, fullest) = (inWindow, time) }
      time += max(pace, 1)
    }
    let witness = [
      WitnessLine(at: TimeText.inWords(0), "attempt 1 fails; the next comes \(TimeText.inWords(UInt64(pace))) later"),
      WitnessLine(at: TimeText.inWords(UInt64(fullest)), "\(most) calls are in the window: it never holds more"),
      WitnessLine(at: TimeText.inWords(UInt64(end)), "all \(calls) attempts have failed, and the breaker is closed"),
    ]
    return (most, calls, most > 1 ? witness : [witness[0], witness[2]])
  }
}

extension CircuitBreakerSettings.Mode {
  /// Whether a breaker can open by itself.
  fileprivate var isLive: Bool { self == .enforce || self == .shadow }
}
