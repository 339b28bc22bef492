import Synchronization

/// When calls of one operation hedge, and what was learnt of how long they take.
///
/// It learns from primary calls only, so that hedges do not make the callee look faster than it is:
/// - one that succeeds counts with its time, from the start of the race to its success;
/// - one that nobody saw succeed, because a hedge won, a limit came or the caller was cancelled, counts with the time that it was
///   watched, if that was no shorter than the delay. It is one of the slow ones, and leaving it out would make the quantile that
///   sets the delay sink with every hedge that wins. As it is counted above the delay, and how far above makes no difference
///   to a quantile at the delay, the share of calls beyond the delay comes out right;
/// - one that failed by itself, or was stopped before the delay, says nothing of how long a call takes.
package final class Hedge: Sendable {
  private struct State {
    var settings: HedgeSettings
    /// Only where something has to be measured.
    var window: LatencyWindow?
    /// Calls since the delay was last worked out.
    var unseen = 0
  }

  /// How many calls may pass before the delay is worked out anew.
  private static let refresh = 8

  package let name: String
  private let state: Mutex<State>
  private let delayWord: Atomic<UInt64>
  private let extraWord: Atomic<Int>

  package init(_ name: String, _ settings: HedgeSettings) {
    let window: LatencyWindow? = if case .measured = settings.after { LatencyWindow() } else { nil }
    self.name = name
    state = Mutex(State(settings: settings, window: window))
    delayWord = Atomic(settings.delay(after: window))
    extraWord = Atomic(settings.boundedExtra)
  }

  /// Nanoseconds from one start to the next. One load.
  package var delay: UInt64 { delayWord.load(ordering: .relaxed) }

  /// How many calls may start beside the primary one.
  package var extra: Int { extraWord.load(ordering: .relaxed) }

  /// How many calls the delay is learnt from.
  package var samples: UInt64 { state.withLock { $0.window?.count ?? 0 } }

  /// Learns from one primary call. Allocates nothing.
  package func record(primary nanoseconds: UInt64) {
    state.withLock { state in
      guard case .measured(let measured) = state.settings.after else { return }
      state.window?.add(nanoseconds, for: measured.quantile)
      state.unseen += 1
      let isFirst = state.window?.count == LatencyWindow.enough(for: measured.quantile)
      if state.unseen >= Self.refresh || isFirst { refresh(&state) }
    }
  }

  /// Goes on under new settings with what was learnt.
  package func update(_ settings: HedgeSettings) {
    state.withLock { state in
      state.settings = settings
      if case .measured = settings.after, state.window == nil { state.window = LatencyWindow() }
      refresh(&state)
      extraWord.store(settings.boundedExtra, ordering: .relaxed)
    }
  }

  private func refresh(_ state: inout State) {
    state.unseen = 0
    delayWord.store(state.settings.delay(after: state.window), ordering: .relaxed)
  }
}

extension HedgeSettings {
  fileprivate var boundedExtra: Int { min(max(extra, 1), Self.maximumExtra) }

  fileprivate func delay(after window: LatencyWindow?) -> UInt64 {
    switch after {
    case .fixed(let delay): return delay.nanoseconds
    case .measured(let measured):
      guard let found = window?.quantile(measured.quantile) else { return measured.cold.nanoseconds }
      let least = measured.min.nanoseconds
      return min(max(found, least), max(measured.max.nanoseconds, least))
    }
  }
}
