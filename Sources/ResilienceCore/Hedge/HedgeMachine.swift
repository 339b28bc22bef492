/// The race of one call and its hedges as a pure machine: told what happened and when, it answers what to do.
///
/// ```
/// racing ─┬─ a leg succeeds ─────────────────────────────▶ over: won
///         ├─ every leg that started has failed ──────────▶ over: failed
///         ├─ a limit comes, or a leg ends after one ─────▶ over: timedOut
///         └─ the caller is cancelled ────────────────────▶ over: cancelled
/// ```
/// Leg 0 is the primary call, legs from 1 on are hedges. The next hedge is due one delay after the last was due, or after the
/// moment in which somebody found time for it: hedges never come in a burst. A hedge that is refused is not asked for again,
/// and takes nothing from the legs that run.
package struct HedgeMachine: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    /// Start this leg, then ask ``advance(at:mayStart:)`` what is next.
    case start(leg: Int)
    /// Wait for the end of a leg, or for the instant.
    case wait(until: Instant?)
    case over(Result)
  }

  /// How a race ends.
  package enum Result: Hashable, Sendable {
    case won(leg: Int)
    /// With the failure of the primary call: a hedge cannot make a failure worse than it would be without it.
    case failed
    case timedOut
    case cancelled
  }

  /// How a leg ended.
  package enum LegResult: Hashable, Sendable {
    case success
    case failure
    /// After a limit of the whole race: no other leg can be in time any more.
    case late
  }

  private struct Racing: Hashable {
    var started = 1
    /// A bit for each leg that has not ended.
    var running: UInt32 = 1
    /// Hedges that may still be asked for.
    var left: Int
    var due: Instant
    /// The leg that was asked for last, until somebody says that it runs.
    var asked: Int? = 0
  }

  private enum State: Hashable {
    case racing(Racing)
    case over(Result, running: UInt32)
  }

  private var state: State
  private let delay: UInt64
  /// At this instant it is too late to start.
  private let lastStart: Instant?
  /// At this instant the legs are left alone.
  private let end: Instant?

  /// Begins with the primary call, which starts now.
  ///
  /// - Parameters:
  ///   - extra: Hedges at most, up to 31.
  ///   - lastStart: The earliest limit of any kind around the race.
  ///   - end: The earliest limit around it that stops what it bounds.
  package init(at now: Instant, delay: UInt64, extra: Int, lastStart: Instant?, end: Instant?) {
    self.delay = delay
    self.lastStart = lastStart
    self.end = end
    state = .racing(Racing(left: min(max(extra, 0), 31), due: now.advanced(by: delay)))
  }

  /// The legs that have not ended.
  package var running: [Int] {
    let bits =
      switch state {
      case .racing(let racing): racing.running
      case .over(_, let running): running
      }
    return (0..<32).filter { bits & 1 << UInt32($0) != 0 }
  }

  /// Goes on after a start, or at an instant.
  ///
  /// - Parameter mayStart: Whether a hedge may start now; asked once for each that is due.
  package mutating func advance(at now: Instant, mayStart: () -> Bool) -> Step {
    guard case .racing(var racing) = state else { return step }
    racing.asked = nil
    if let end, end <= now { return finish(.timedOut, racing) }
    if let lastStart, lastStart <= now { racing.left = 0 }
    while let due = due(of: racing), due <= now {
      racing.left -= 1
      racing.due = now.advanced(by: delay)
      guard mayStart() else { continue }
      let leg = racing.started
      racing.started += 1
      racing.running |= 1 << UInt32(leg)
      racing.asked = leg
      state = .racing(racing)
      return .start(leg: leg)
    }
    state = .racing(racing)
    return step
  }

  /// Takes the end of a leg. One that has ended, or never started, has no end.
  package mutating func legEnded(_ leg: Int, _ result: LegResult) -> Step {
    guard (0..<32).contains(leg) else { return step }
    let bit: UInt32 = 1 << UInt32(leg)
    switch state {
    case .over(let result, let running):
      state = .over(result, running: running & ~bit)
      return step
    case .racing(var racing):
      guard racing.running & bit != 0 else { return step }
      racing.running &= ~bit
      state = .racing(racing)
      switch result {
      case .success: return finish(.won(leg: leg), racing)
      case .late: return finish(.timedOut, racing)
      case .failure: return racing.running == 0 ? finish(.failed, racing) : step
      }
    }
  }

  /// Ends the race because its caller is gone; `byLimit`: because a limit around the caller came. A leg that was just asked for is
  /// taken not to run.
  package mutating func cancel(byLimit: Bool) -> Step {
    guard case .racing(var racing) = state else { return step }
    if let asked = racing.asked { racing.running &= ~(1 << UInt32(asked)) }
    return finish(byLimit ? .timedOut : .cancelled, racing)
  }

  private mutating func finish(_ result: Result, _ racing: Racing) -> Step {
    state = .over(result, running: racing.running)
    return .over(result)
  }

  private var step: Step {
    switch state {
    case .over(let result, _): .over(result)
    case .racing(let racing): .wait(until: earliest(due(of: racing), end))
    }
  }

  /// When the next hedge is asked for; `nil` when none is.
  private func due(of racing: Racing) -> Instant? {
    guard racing.left > 0 else { return nil }
    if let lastStart, lastStart <= racing.due { return nil }
    return racing.due
  }

  private func earliest(_ one: Instant?, _ other: Instant?) -> Instant? {
    guard let one else { return other }
    return other.map { min($0, one) } ?? one
  }
}
