/// What happens in a run from outside: when calls begin and what their callee does, and what else is done.
struct Load {
  enum Line {
    case call(labels: [String: String])
    case reload(file: String)
    case isolate(breaker: String)
    case close(breaker: String)
    case reset(breaker: String)
  }

  private var steady: SteadyLoad?
  private var upstream: Upstream?
  private var script: ScriptedLoad?
  private var taken = 0
  /// When the next line is; the end of time after the last.
  private(set) var nextAt: UInt64 = .max
  /// Whether later lines can name calls.
  let namesCalls: Bool

  init(_ steady: SteadyLoad, _ upstream: Upstream) {
    self.steady = steady
    self.upstream = upstream
    namesCalls = false
    nextAt = steady.calls > 0 ? 0 : .max
  }

  init(_ script: ScriptedLoad) {
    self.script = script
    namesCalls = true
    nextAt = script.nextAt
  }

  mutating func take() -> Line? {
    if let steady {
      taken += 1
      nextAt = taken < steady.calls ? steady.start(ofCall: taken + 1) : .max
      return .call(labels: [:])
    }
    let line = script?.take()
    nextAt = script?.nextAt ?? .max
    return line
  }

  /// The next cancellation, if it comes by that instant.
  mutating func takeCancel(notAfter instant: UInt64) -> (at: UInt64, call: Int)? {
    namesCalls ? script?.takeCancel(notAfter: instant) : nil
  }

  /// What the callee does in the attempt of a call that starts now.
  mutating func attempt(_ attempt: Int, ofCall call: Int, at now: UInt64) -> CalleeAttempt {
    upstream?.attempt(at: now) ?? script?.attempt(attempt, ofCall: call) ?? CalleeAttempt(.never)
  }

  func labels(ofCall call: Int) -> [String: String] { script?.labels(ofCall: call) ?? [:] }
}
