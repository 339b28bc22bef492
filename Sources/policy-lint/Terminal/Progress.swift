import Synchronization

/// Tells a person at a terminal how far a long check is.
final class Progress: Sendable {
  private let total: Int
  /// Whether there is a person to tell, and enough to tell of.
  private let isWatched: Bool
  private let start: UInt64
  private let isShown = Atomic(false)
  /// Nothing is shown of a check that takes less.
  private static let patience: UInt64 = 400_000_000

  init(of total: Int) {
    self.total = total
    isWatched = total > 1 && Output.error.isTerminal
    start = isWatched ? monotonicNanoseconds() : 0
  }

  /// Shows the number of the file that was begun last.
  func show(_ number: Int) {
    guard isWatched, monotonicNanoseconds() - start >= Self.patience else { return }
    isShown.store(true, ordering: .relaxed)
    try? Output.error.write("\r\u{1B}[Kchecking file \(number) of \(total)")
  }

  func clear() { if isShown.load(ordering: .relaxed) { try? Output.error.write("\r\u{1B}[K") } }
}
