internal import PolicyCompiler
internal import PolicyLanguage
internal import ResilienceCore
internal import Synchronization

/// Runs the recoveries of a file when their conditions say so, each in a task of its own.
final class RecoveryRunner: Sendable {
  /// How often breakers are looked at, in nanoseconds: they tell nobody when they change.
  static let pulse: UInt64 = 1_000_000_000

  struct State: Sendable {
    var graph: PolicyGraph
    var recoveries: [String: KnownRecovery] = [:]
    var isRunning = false
  }

  let context: CompilerContext
  let health: HealthMonitor
  let state: Mutex<State>
  /// Rings when recoveries were added.
  private let additions = Bell()

  var time: TimeSource { context.time }

  init(_ graph: PolicyGraph, _ health: HealthMonitor) {
    context = graph.context
    self.health = health
    state = Mutex(State(graph: graph))
  }

  /// Looks after the recoveries of a graph and no others. One that is known already keeps its cooldown; of one that is gone,
  /// the running step finishes.
  func follow(_ graph: PolicyGraph) {
    let bells = state.withLock { state -> [Bell] in
      guard graph.generation >= state.graph.generation else { return [] }
      state.graph = graph
      let old = state.recoveries
      state.recoveries = graph.document.recoveries.mapValues { definition in
        guard var known = old[definition.name] else { return KnownRecovery(definition) }
        known.update(definition)
        return known
      }
      return old.values.map(\.live.bell)
    }
    for bell in bells { bell.ring() }
    additions.ring()
  }

  /// Runs until the task is cancelled. A second call meanwhile waits for its own cancellation and does nothing.
  func run() async {
    let claimed = state.withLock { state in
      defer { state.isRunning = true }
      return !state.isRunning
    }
    guard claimed else {
      _ = await Waiter().wait(until: nil, on: time)
      return
    }
    await withDiscardingTaskGroup { group in
      repeat {
        for recovery in takeUnfollowed() { group.addTask { await self.lookAfter(recovery) } }
      } while await additions.wait(on: time) != .cancelled
    }
    state.withLock { state in
      state.isRunning = false
      for name in state.recoveries.keys {
        state.recoveries[name]?.isFollowed = false
        state.recoveries[name]?.machine.interrupt(at: time.now)
      }
    }
  }

  private func takeUnfollowed() -> [LiveRecovery] {
    state.withLock { state in
      let names = state.recoveries.keys.sorted().filter { state.recoveries[$0]?.isFollowed == false }
      return names.compactMap { name in
        state.recoveries[name]?.isFollowed = true
        return state.recoveries[name]?.live
      }
    }
  }

  /// What is known of a recovery; `nil` when it was removed.
  func known(_ recovery: LiveRecovery) -> KnownRecovery? { withKnown(recovery) { $0 } }

  func withKnown<Value: Sendable>(
    _ recovery: LiveRecovery, _ body: (inout KnownRecovery) -> Value
  ) -> Value? {
    state.withLock { state in
      guard var known = state.recoveries[recovery.name], known.live === recovery else { return nil }
      let value = body(&known)
      state.recoveries[recovery.name] = known
      return value
    }
  }
}
