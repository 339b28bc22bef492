import ResilienceCore
import Synchronization

/// A dependency that does what a ``FaultScript`` says, and counts its calls.
public final class Upstream<Value: Sendable>: Sendable {
  private struct State {
    var phase = 0
    /// Calls that began in the phase.
    var callsInPhase: UInt64 = 0
    var calls = 0
    var running = 0
    var mostAtOnce = 0
    var cancelled = 0
  }

  private let script: FaultScript<Value>
  private let time: VirtualTime
  private let start: Instant
  private let chance: Chance
  private let state = Mutex(State())

  init(_ script: FaultScript<Value>, on time: VirtualTime, seed: UInt64) {
    self.script = script
    self.time = time
    start = time.now
    chance = Chance(seed: seed)
  }

  /// Calls that were begun.
  public var calls: Int { state.withLock { $0.calls } }

  /// Calls that have begun and not ended.
  public var running: Int { state.withLock { $0.running } }

  /// The most calls that ran at the same time.
  public var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }

  /// Calls that ended because they were cancelled.
  public var cancelled: Int { state.withLock { $0.cancelled } }

  /// Does what the script says of the next call.
  ///
  /// - Throws: The step's error, or `CancellationError` when the call was cancelled before its answer.
  public func call() async throws -> Value {
    let step = begin()
    defer { state.withLock { $0.running -= 1 } }
    do {
      return try await perform(step)
    } catch let error as CancellationError {
      state.withLock { $0.cancelled += 1 }
      throw error
    }
  }

  private func begin() -> FaultScript<Value>.Step {
    let phase = script.phase(after: start.nanoseconds(to: time.now))
    let number = state.withLock { state in
      if phase != state.phase { (state.phase, state.callsInPhase) = (phase, 0) }
      defer { state.callsInPhase += 1 }
      state.calls += 1
      state.running += 1
      state.mostAtOnce = max(state.mostAtOnce, state.running)
      return state.callsInPhase
    }
    let steps = script.phases.indices.contains(phase) ? script.phases[phase].steps : []
    return .happening(in: steps, toCall: number, chance: chance)
  }

  private func perform(_ step: FaultScript<Value>.Step) async throws -> Value {
    guard case .answer(let answer) = step.content else {
      _ = await Waiter(for: .other("an upstream that hangs")).wait(until: nil, on: .virtual(time))
      throw CancellationError()
    }
    let delay = answer.delay.lowerBound == answer.delay.upperBound ? answer.delay.lowerBound : chance.draw(answer.delay)
    let instant = time.now.advanced(by: delay)
    if delay > 0, answer.heedsCancellation {
      try await TimeSource.virtual(time).sleep(until: instant)
    } else if delay > 0 {
      // The cancellation of the caller does not reach a task of its own.
      await Task(executorPreference: time.executor) { [time] in
        try? await TimeSource.virtual(time).sleep(until: instant)
      }.value
    }
    return try answer.result.get()
  }
}
