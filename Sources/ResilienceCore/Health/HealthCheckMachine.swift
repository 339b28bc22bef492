/// One health check as a pure machine: when it is asked, and what its answers make of it.
///
/// It reads no clock and asks nobody. There is never a second probe while one runs: one that hangs counts as unhealthy at its
/// timeout, and again after every further interval, until it ends.
package struct HealthCheckMachine: Sendable {
  package enum Phase: Hashable, Sendable {
    /// Can go to: running.
    case waiting(until: Instant)
    /// Can go to: waiting, when the probe has ended.
    case running(Probe)
  }

  /// One probe.
  package struct Probe: Hashable, Sendable {
    /// Counts the probes of this check from 1.
    package var number: UInt64
    package var since: Instant
    /// When it counts as unhealthy, the next time.
    var overdueAt: Instant
    /// Whether it was counted before its end; the end counts for nothing then.
    package fileprivate(set) var isCounted = false
  }

  package private(set) var settings: HealthCheckSettings
  package private(set) var phase: Phase
  package private(set) var status = HealthStatus.unknown
  /// The latest answer, whatever the status; `nil` before the first.
  package private(set) var answer: HealthAnswer?
  private var runs = HealthRuns()
  private var probes: UInt64 = 0
  /// When the latest probe began, and which part of the jitter the interval after it got.
  private var pace: (began: Instant, draw: UInt32)?
  /// Whether somebody wants a probe that begins later than the one that runs.
  private var isWanted = false

  /// A check that is asked at once.
  package init(_ settings: HealthCheckSettings, at now: Instant) {
    self.settings = settings
    phase = .waiting(until: now)
  }

  /// When there is something to do next without being told of an end.
  package var wake: Instant {
    switch phase {
    case .waiting(let until): until
    case .running(let probe): probe.overdueAt
    }
  }

  /// When the probe that runs counts as unhealthy, the next time; `nil` when none runs.
  package var overdueAt: Instant? { if case .running(let probe) = phase { probe.overdueAt } else { nil } }

  /// Begins a probe when it is time; `nil` when it is not, or one runs.
  package mutating func begin(at now: Instant, chance: Chance) -> Probe? {
    guard case .waiting(let until) = phase, now >= until else { return nil }
    probes &+= 1
    isWanted = false
    let draw = settings.jitter == .zero ? 0 : UInt32(truncatingIfNeeded: chance.next() >> 32)
    pace = (now, draw)
    let probe = Probe(number: probes, since: now, overdueAt: now.advanced(by: settings.timeout.nanoseconds))
    phase = .running(probe)
    return probe
  }

  /// Counts the running probe as unhealthy when its time is over; it goes on until it ends.
  package mutating func countOverdue(at now: Instant) -> HealthTransition? {
    guard case .running(var probe) = phase, now >= probe.overdueAt else { return nil }
    let took = probe.since.nanoseconds(to: now)
    let words = probe.isCounted ? "has not answered for" : "timed out after"
    probe.isCounted = true
    probe.overdueAt = now.advanced(by: interval(draw: 0))
    phase = .running(probe)
    let text = "\(words) \(took.asTime)"
    return note(HealthAnswer(.unhealthy(text), latency: took, at: now))
  }

  /// Takes the end of the running probe; `nil` for one that somebody called off and that says nothing.
  package mutating func end(_ report: HealthReport?, at now: Instant) -> HealthTransition? {
    guard case .running(let probe) = phase else { return nil }
    phase = .waiting(until: isWanted ? now : max(due ?? now, now))
    guard let report, !probe.isCounted else { return nil }
    let took = probe.since.nanoseconds(to: now)
    return note(HealthAnswer(judged(report, took), latency: took, at: now))
  }

  /// Asks for a probe as soon as possible and says its number.
  package mutating func want(at now: Instant) -> UInt64 {
    switch phase {
    case .waiting(let until): phase = .waiting(until: min(until, now))
    case .running: isWanted = true
    }
    return probes &+ 1
  }

  /// Goes on under new settings with all that was counted. The next probe is at the earlier of the old time and the new one.
  package mutating func update(_ settings: HealthCheckSettings) {
    self.settings = settings
    switch phase {
    case .waiting(let until):
      if let due { phase = .waiting(until: min(until, due)) }
    case .running(var probe) where !probe.isCounted:
      probe.overdueAt = probe.since.advanced(by: settings.timeout.nanoseconds)
      phase = .running(probe)
    case .running: break
    }
  }

  /// When the probe after the latest one is due.
  private var due: Instant? { pace.map { $0.began.advanced(by: interval(draw: $0.draw)) } }

  private func interval(draw: UInt32) -> UInt64 {
    let whole = max(settings.every.nanoseconds, 1_000_000)
    return whole - whole.share(settings.jitter).scaled(by: UInt64(draw), over: UInt64(UInt32.max))
  }

  private func judged(_ report: HealthReport, _ took: UInt64) -> HealthReport {
    if took > settings.timeout.nanoseconds {
      return .unhealthy("timed out after \(took.asTime)", details: report.details)
    }
    guard report.status == .healthy, let limit = settings.degradedAbove, took > limit.nanoseconds else { return report }
    let slow = "took \(took.asTime), more than \(limit.nanoseconds.asTime)"
    return .degraded(report.message.map { "\($0); \(slow)" } ?? slow, details: report.details)
  }

  private mutating func note(_ answer: HealthAnswer) -> HealthTransition? {
    self.answer = answer
    runs.note(answer.report.status)
    let old = status
    status = runs.status(after: old, worseAfter: settings.unhealthyAfter, betterAfter: settings.healthyAfter)
    return status == old ? nil : HealthTransition(from: old, to: status, answer: answer, inARow: runs.length)
  }
}

extension UInt64 {
  /// Nanoseconds as people read them, to the millisecond: `80 ms`, `1.5 s`.
  fileprivate var asTime: String {
    let milliseconds = self / 1_000_000
    guard milliseconds >= 1_000 else { return "\(milliseconds) ms" }
    var fraction = "\(1_000 + milliseconds % 1_000)".dropFirst()
    while fraction.last == "0" { fraction.removeLast() }
    return "\(milliseconds / 1_000)\(fraction.isEmpty ? "" : ".")\(fraction) s"
  }
}

/// One answer of a check.
package struct HealthAnswer: Hashable, Sendable {
  package let report: HealthReport
  /// Nanoseconds from the probe's beginning.
  package let latency: UInt64
  package let instant: Instant

  package init(_ report: HealthReport, latency: UInt64, at instant: Instant) {
    self.report = report
    self.latency = latency
    self.instant = instant
  }
}

/// A check's change, with the answer that made it.
package struct HealthTransition: Hashable, Sendable {
  package let from: HealthStatus
  package let to: HealthStatus
  package let answer: HealthAnswer
  /// Answers of this kind in a row.
  package let inARow: Int
}
