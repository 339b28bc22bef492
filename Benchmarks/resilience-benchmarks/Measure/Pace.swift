import Synchronization

/// How fast the machine is when its neighbours leave it alone, by the quickest that a piece of work has been that is always the same.
///
/// A virtual machine shares processors with others: what it gives can halve from one second to the next.
final class Pace: Sendable {
  private let least = Mutex(Double.infinity)

  /// Whether that work took about as long as it does when nothing disturbs it.
  func isUndisturbed(_ time: Double) -> Bool {
    least.withLock { least in
      least = min(least, time)
      return time <= 1.15 * least
    }
  }
}
