import Synchronization

/// Counts the calls of each operation by how they ended.
final class Ledger: Sendable {
  struct Counts: Hashable, Sendable {
    var started = 0
    var ended: [CallOutcome: Int] = [:]

    subscript(outcome: CallOutcome) -> Int { ended[outcome, default: 0] }

    /// Calls that were started and never ended.
    var lost: Int { started - ended.values.reduce(0, +) }
  }

  private struct Books {
    var total: [DemoOperation: Counts] = [:]
    var recent: [DemoOperation: Counts] = [:]
  }

  private let books = Mutex(Books())

  func start(_ operation: DemoOperation) {
    books.withLock { $0.total[operation, default: Counts()].started += 1 }
  }

  func end(_ operation: DemoOperation, _ outcome: CallOutcome) {
    books.withLock { books in
      books.total[operation, default: Counts()].ended[outcome, default: 0] += 1
      books.recent[operation, default: Counts()].ended[outcome, default: 0] += 1
    }
  }

  func total(of operation: DemoOperation) -> Counts {
    books.withLock { $0.total[operation] ?? Counts() }
  }

  /// What ended since this was asked before.
  func takeRecent() -> [DemoOperation: Counts] {
    books.withLock { books in
      defer { books.recent = [:] }
      return books.recent
    }
  }
}
