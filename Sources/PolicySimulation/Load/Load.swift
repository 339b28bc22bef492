/// What happens in a run from outside: when calls begin and what their callee does, and what else is done.
struct Load {
  enum Line {
    case call(labels: [String: String])
    case reload(file: String)
    case isolate(breaker: String)
    case close(breaker: String)
    case reset(breaker: String)
  }

  private enum Source {
    case steady(SteadyLoad, Upstream)
    case script(ScriptedLoad)
  }

  private var source: Source
  private var taken = 0
  /// When the next line is; the end of time after the last.
  private(set) var nextAt: UInt64 = .max
  /// Whether later lines can name calls.
  let namesCalls: Bool

  init(_ steady: SteadyLoad, _ upstream: Upstream) {
    source = .steady(steady, upstream)
    namesCalls = false
    nextAt = steady.calls > 0 ? 0 : .max
  }

  init(_ script: ScriptedLoad) {
    source = .script(script)
    namesCalls = true
    nextAt = script.nextAt
  }

  mutating func take() -> Line? {
    switch source {
    case .steady(let steady, _):
      taken += 1
      nextAt = taken < steady.calls ? steady.start(ofCall: taken + 1) : .max
      return .call(labels: [:])
    case .script(var script):
      let line = script.take()
      nextAt = script.nextAt
      source = .script(script)
      return line
    }
  }

  /// The next cancellation, if it comes by that instant.
  mutating func takeCancel(notAfter instant: UInt64) -> (at: UInt64, call: Int)? {
    guard namesCalls, case .script(var script) = source, let cancel = script.takeCancel(notAfter: instant) else {
      return nil
    }
    source = .script(script)
    return cancel
  }

  /// What the callee does in the attempt of a call that starts now.
  mutating func attempt(_ attempt: Int, ofCall call: Int, at now: UInt64) -> CalleeAttempt {
    switch source {
    case .steady(let steady, var upstream):
      let attempt = upstream.attempt(at: now)
      source = .steady(steady, upstream)
      return attempt
    case .script(let script): return script.attempt(attempt, ofCall: call)
    }
  }

  func labels(ofCall call: Int) -> [String: String] {
    guard case .script(let script) = source else { return [:] }
    return script.labels(ofCall: call)
  }
}
