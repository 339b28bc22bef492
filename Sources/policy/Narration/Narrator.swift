import Resilience
import Synchronization

/// Tells the user, a line each, what the policy decides.
final class Narrator: Sendable {
  private struct State {
    /// How the last attempt of the operation ended.
    var lastEnd: CommandEnd?
  }

  private let output: StandardError
  private let isQuiet: Bool
  private let state = Mutex(State())

  init(_ output: StandardError, isQuiet: Bool) {
    self.output = output
    self.isQuiet = isQuiet
  }

  /// An attempt of the operation itself ended.
  func attemptEnded(_ end: CommandEnd) { state.withLock { $0.lastEnd = end } }

  /// How the last attempt of the operation ended; `nil` when there was none.
  var lastEnd: CommandEnd? { state.withLock { $0.lastEnd } }

  /// The engine decided something.
  func tell(_ event: ResilienceEvent) {
    guard !isQuiet, let line = EventLine(event, lastEnd: lastEnd) else { return }
    output.say(line.text, line.tone)
  }
}
