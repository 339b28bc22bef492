/// Time that moves only when it is told to, with timers that run in one order: by instant, then as they were armed.
///
/// ```swift
/// let time = VirtualTime()
/// time.advance(by: .seconds(60))
/// ```
/// A timer's action runs on the thread that advances the time, while `now` is the timer's own instant. Tasks that it resumes run
/// on their executors, later.
public final class VirtualTime: Sendable {
  private struct State {
    var now = Instant(nanoseconds: 0)
    var timers = VirtualTimers()
    var firing: [UInt64: ThreadIdentity] = [:]
    var waits = VirtualWaits()
  }

  private let state = Monitor(State())

  /// Where tasks of this time run, for those that would not inherit it.
  package let executor: (any TaskExecutor)?
  /// What a thread that blocks does in the meantime, for a run that has no other thread: one step of the work that it waits for,
  /// and false when there is none.
  package let workWhileBlocked: (@Sendable (VirtualTime) -> Bool)?

  /// In what steps the coarse clock moves, in nanoseconds.
  private let coarseStep: UInt64

  /// A time that stands at its origin.
  public convenience init() { self.init(coarseStep: .nanoseconds(1)) }

  /// A time whose coarse clock moves in steps, as the machine's does; else it shows the present instant.
  package init(coarseStep: Duration) {
    executor = nil
    workWhileBlocked = nil
    self.coarseStep = max(coarseStep.nanoseconds, 1)
  }

  package init(executor: (any TaskExecutor)? = nil, workWhileBlocked: @escaping @Sendable (VirtualTime) -> Bool) {
    self.executor = executor
    self.workWhileBlocked = workWhileBlocked
    coarseStep = 1
  }

  /// The present instant.
  public var now: Instant { state.withLock { $0.now } }

  /// Not a part of its callers, whose machine clock would be slower beside it.
  @inline(never)
  var coarseNow: Instant {
    let now = now.nanoseconds
    return Instant(nanoseconds: now - now % coarseStep)
  }

  /// How many timers are armed.
  package var armedCount: Int { state.withLock { $0.timers.count } }

  /// How many tasks are suspended in a wait on this time, for a timer or a grant.
  package var waitCount: Int { state.withLock { $0.waits.count } }

  /// The tasks that are suspended in a wait on this time, in the order in which they began.
  package var waits: [VirtualWait] { state.withLock { $0.waits.all } }

  /// The named parts of the code that run but wait for nothing that is of this time.
  package var silentNames: [String] { state.withLock { $0.waits.silentNames } }

  func beginWait(for purpose: WaitPurpose, until instant: Instant?) -> UInt64 {
    let scope = NamedScope.current
    return state.withLock { $0.waits.begin(purpose, by: scope, since: $0.now, until: instant) }
  }

  func endWait(_ number: UInt64) { state.withLock { $0.waits.end(number) } }

  func beginName(_ name: String) -> UInt64 {
    let parent = NamedScope.current
    return state.withLock { $0.waits.beginName(name, in: parent) }
  }

  func endName(_ number: UInt64) { state.withLock { $0.waits.endName(number) } }

  /// Moves the time forward and runs every timer that is due on the way, each at its own instant.
  public func advance(by duration: Duration) {
    advance(to: now.advanced(by: duration.nanoseconds))
  }

  /// Moves the time to `instant`, unless it is there already, and runs every timer that is due by then.
  package func advance(to instant: Instant) {
    while fireNext(by: instant) {}
    state.withLock { $0.now = max($0.now, instant) }
  }

  /// Moves the time to the earliest timer and runs all that are due at that instant.
  ///
  /// - Returns: false when none is armed; the time stands still.
  package func advanceToNextTimer() -> Bool {
    guard let next = state.withLock({ state in state.timers.next.map { max($0, state.now) } }) else { return false }
    advance(to: next)
    return true
  }

  func arm(at instant: Instant, _ action: TimerAction) -> TimerToken {
    TimerToken(place: 0, generation: state.withLock { $0.timers.insert(action, at: instant) })
  }

  @discardableResult
  func disarm(_ token: consuming TimerToken) -> Bool {
    let number = token.generation
    let taken = state.withLock { $0.timers.remove(number) }
    guard taken == nil else { return true }
    state.wait { state in
      guard let thread = state.firing[number] else { return true }
      return thread == .current
    }
    return false
  }

  private func fireNext(by limit: Instant) -> Bool {
    let due = state.withLock { state -> (number: UInt64, action: TimerAction)? in
      guard let timer = state.timers.popFirst(by: limit) else { return nil }
      state.now = max(state.now, timer.instant)
      state.firing[timer.number] = .current
      return (timer.number, timer.action)
    }
    guard let due else { return false }
    due.action.perform()
    state.withLock { _ = $0.firing.removeValue(forKey: due.number) }
    state.wakeAll()
    return true
  }
}

extension TimeSource {
  /// The virtual time, if it is one.
  var virtual: VirtualTime? {
    if case .virtual(let time) = self { time } else { nil }
  }
}
