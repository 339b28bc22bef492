internal import LocatedYAML
internal import ResilienceCore

/// What the fields of one breaker have to agree about.
struct BreakerChecks {
  let filled: Filled<BreakerDraft>
  let decoder: PolicyDecoder

  private var settings: CircuitBreakerSettings { filled.draft.settings }
  private var judgesRates: Bool { settings.failureRate != nil || settings.slowRate != nil }
  private var usesWindow: Bool { judgesRates || settings.failuresInWindow != nil }

  func run() {
    checkSlowness()
    checkUnused()
    checkWindow()
  }

  private func checkSlowness() {
    if settings.slowRate != nil, settings.slowerThan == nil {
      decoder.missingBeside("slowerThan", "slowRate", in: filled)
    }
    if settings.slowRate == nil, filled.isOwn("slowerThan") {
      decoder.dead("slowerThan", because: "there is no `slowRate`", in: filled)
    }
  }

  private func checkUnused() {
    let reason = "`failures` counts consecutive calls and has no window"
    if !usesWindow, filled.isOwn("window") { decoder.dead("window", because: reason, in: filled) }
    if !judgesRates, filled.isOwn("minimumCalls") {
      decoder.dead(
        "minimumCalls", because: usesWindow ? "`failuresInWindow` needs no minimum" : reason, in: filled)
    }
  }

  private func checkWindow() {
    guard case .calls(let window) = settings.window else { return }
    check("minimumCalls", settings.minimumCalls, against: window)
    check("failuresInWindow", settings.failuresInWindow, against: window)
  }

  /// A number of calls that have to be in a window of so many.
  private func check(_ name: String, _ value: Int?, against window: Int) {
    guard let value, value > window else { return }
    let size =
      filled.has("window") ? "the window of \(window) calls" : "the window, which is \(window) calls by default"
    decoder.push(name, filled.view.node)
    defer { decoder.pop() }
    decoder.report(
      .outOfRange, "`\(name)` is \(value), more than \(size)", at: Location(filled.place(of: name)),
      related: filled.has("window") ? [Diagnostic.Related(Location(filled.place(of: "window")), "the window")] : [],
      help: "this many are never in the window, so the breaker would never open")
  }
}
