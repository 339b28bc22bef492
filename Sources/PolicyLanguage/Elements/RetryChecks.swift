internal import LocatedYAML
internal import ResilienceCore

/// What the fields of one backoff have to agree about.
struct BackoffChecks {
  let filled: Filled<BackoffDraft>
  let decoder: PolicyDecoder

  private var draft: BackoffDraft { filled.draft }
  private var grows: Bool { draft.factor != nil || draft.step != nil }

  /// Reports; answers whether the backoff can be used.
  func run() -> Bool {
    if draft.isNone { return true }
    if draft.factor != nil, draft.step != nil {
      decoder.tooMany(["factor", "step"], in: filled.view.node)
      return false
    }
    if grows, draft.max == nil {
      decoder.missingBeside("max", draft.factor == nil ? "step" : "factor", in: filled)
      return false
    }
    if !grows, filled.isOwn("max") {
      decoder.dead("max", because: "a backoff with neither `factor` nor `step` does not grow", in: filled)
    }
    if !grows, draft.jitter == .decorrelated { reportConstantDecorrelated() }
    decoder.ordered("initial", draft.initial, "max", draft.max, in: filled)
    return true
  }

  private func reportConstantDecorrelated() {
    decoder.dead(
      "jitter",
      because: "`decorrelated` draws between the first wait and the cap, which are the same in a constant backoff",
      in: filled)
  }
}

/// What the fields of one retry have to agree about.
struct RetryChecks {
  let filled: Filled<RetryDraft>
  let decoder: PolicyDecoder

  private var draft: RetryDraft { filled.draft }

  func finish() -> RetryDefinition {
    checkJitter()
    checkCap()
    var settings = draft.settings
    settings.backoff = backoff
    if let jitter = draft.backoff.jitter { settings.jitter = jitter }
    return RetryDefinition(settings: settings, budget: draft.budget)
  }

  private var backoff: RetrySettings.Backoff {
    guard !draft.backoff.isNone, let initial = draft.backoff.initial else { return .none }
    let cap = draft.backoff.max ?? initial
    if let factor = draft.backoff.factor { return .exponential(initial: initial, factor: factor, max: cap) }
    if let step = draft.backoff.step { return .linear(initial: initial, step: step, max: cap) }
    return .constant(initial)
  }

  private func checkJitter() {
    guard filled.isOwn("jitter") else { return }
    let backoff = filled.place(of: "backoff")
    if draft.backoff.isNone {
      decoder.dead("jitter", because: "there is no wait to spread", in: filled)
    } else if draft.backoff.jitter != nil || backoff.kind == .mapping && filled.isOwn("backoff") {
      decoder.report(
        .deadField, "`jitter` stands beside a `backoff` that is a map", at: Location(filled.place(of: "jitter")),
        related: [Diagnostic.Related(Location(backoff), "it belongs in here")], help: "write it in the map")
    } else if draft.settings.jitter == .decorrelated, draft.backoff.factor == nil, draft.backoff.step == nil {
      decoder.dead(
        "jitter",
        because: "`decorrelated` draws between the first wait and the cap, which are the same in a constant backoff",
        in: filled)
    }
  }

  /// A cap counts as reached when ten attempts would reach it: numbers of attempts change, caps are there for that.
  private func checkCap() {
    guard let initial = draft.backoff.initial, let cap = draft.backoff.max else { return }
    let growths = max(draft.settings.attempts, 10) - 2
    let longest: Double
    if let factor = draft.backoff.factor {
      longest = Double(initial.nanoseconds) * power(factor, growths)
    } else if let step = draft.backoff.step {
      longest = Double(initial.nanoseconds) + Double(step.nanoseconds) * Double(growths)
    } else {
      return
    }
    guard longest < Double(cap.nanoseconds), filled.isOwn("backoff"),
      let place = filled.view.layer(at: ["backoff", "max"])?.node
    else { return }
    let shown = DurationText.show(Duration(nanoseconds: UInt64(longest))) ?? "less"
    decoder.report(
      .capNeverReached,
      "the wait never gets to \(DurationText.show(cap) ?? "the cap"): after \(growths + 2) attempts it is \(shown)",
      at: Location(place), help: "lower `max`, or let the wait grow faster")
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<min(max(exponent, 0), 2_000) where result.isFinite { result *= base }
    return result
  }
}
