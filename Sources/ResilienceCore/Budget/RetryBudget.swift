import Synchronization

/// Lets so many retries and hedges run as first tries pay for, so that a dependency in trouble is not asked more and more.
///
/// Allowed is what keeps the extra tries of the last window, this one included, at or below `ratio` of its first tries plus
/// `floor · window`. One budget is shared by everything that calls the same dependency.
public final class RetryBudget: Sendable {
  private let ownName: InstanceName
  private let machine: Mutex<BudgetMachine>

  /// Makes a budget of which nothing is spent.
  public init(_ name: String, _ settings: RetryBudgetSettings) {
    ownName = InstanceName(name)
    machine = Mutex(BudgetMachine(settings))
  }

  /// The name, as events and reports have it.
  public var name: String { ownName.text }

  /// Gives the budget the name that it has after a reload.
  package func rename(from old: String, to new: String) { ownName.replace(old, by: new) }

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
