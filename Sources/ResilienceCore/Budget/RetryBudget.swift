import Synchronization

/// Lets so many retries and hedges run as first tries pay for, so that a dependency in trouble is not asked more and more.
///
/// Allowed is what keeps the extra tries of the last window, this one included, at or below `ratio` of its first tries plus
/// `floor · window`. One budget is shared by everything that calls the same dependency.
public final class RetryBudget: Sendable {
  public let name: String
  private let machine: Mutex<BudgetMachine>

  /// Makes a budget of which nothing is spent.
  public init(_ name: String, _ settings: RetryBudgetSettings) {
    self.name = name
    machine = Mutex(BudgetMachine(settings))
  }

  /// Counts a first try whose body starts `now`.
  package func noteFirstTry(at now: Instant) {
    machine.withLock { $0.noteFirstTry(at: now) }
  }

  /// Pays for one extra try, if there is enough.
  package func take(at now: Instant) -> Bool {
    machine.withLock { $0.take(at: now) }
  }

  /// How many extra tries would be allowed now.
  package func tokens(at now: Instant) -> Int {
    machine.withLock { $0.tokens(at: now) }
  }

  /// Goes on with the same counts under new numbers.
  package func update(_ settings: RetryBudgetSettings, at _: Instant) {
    machine.withLock { $0.update(settings) }
  }
}
