import Synchronization

/// One mechanism for each value of a label, and one for the calls that do not carry the label.
///
/// Above the capacity the mechanism that was used longest ago goes, of those that are idle; one that is not idle stays, even if that
/// means more than the capacity.
package final class Keyed<Mechanism: AnyObject & Sendable>: Sendable {
  /// Makes the mechanism of a key, or the one of calls without a key.
  package typealias Make = @Sendable (String?) -> Mechanism

  /// How many keys are kept when nothing else is said.
  package static var standardCapacity: Int { 10_000 }

  private struct State {
    var make: Make
    /// How often `make` was replaced.
    var version = 0
    var instances = RecencyList<String, Mechanism>()
  }

  /// What calls without the label use.
  package let shared: Mechanism
  private let capacity: Int
  private let isIdle: @Sendable (Mechanism) -> Bool
  private let state: Mutex<State>

  /// - Parameters:
  ///   - isIdle: whether a mechanism remembers nothing that matters; called with a lock held, so it must only look.
  ///   - make: never called with a lock held, and now and then for nothing.
  package init(
    capacity: Int = standardCapacity, isIdle: @escaping @Sendable (Mechanism) -> Bool, make: @escaping Make
  ) {
    shared = make(nil)
    self.capacity = max(capacity, 1)
    self.isIdle = isIdle
    state = Mutex(State(make: make))
  }

  /// How many keys have a mechanism of their own.
  package var count: Int { state.withLock { $0.instances.count } }

  /// The mechanism of a key, or the shared one without a key.
  ///
  /// Complexity: O(1) for a key that is known, or while there is room; else O(mechanisms that are older than the oldest idle one).
  package func instance(for key: String?) -> Mechanism {
    guard let key else { return shared }
    while true {
      let (known, make, version) = state.withLock { ($0.instances.touch(key), $0.make, $0.version) }
      if let known { return known }
      let new = make(key)
      let evicted = state.withLock { insert(new, for: key, version, &$0) }
      // What was evicted is released here, without the lock. When another thread was faster, the next round finds its mechanism.
      withExtendedLifetime(evicted) {}
    }
  }

  /// Makes new mechanisms in another way from now on, and calls `body` with each that there is, the shared one first.
  ///
  /// None is missed: one that was being made in the old way meanwhile is made again.
  package func update(make: @escaping Make, _ body: (Mechanism) -> Void) {
    let instances = state.withLock { state in
      state.make = make
      state.version += 1
      return state.instances.values
    }
    body(shared)
    for instance in instances { body(instance) }
  }

  /// Calls `body` with every mechanism that there is, the shared one first.
  package func visitAll(_ body: (Mechanism) -> Void) {
    body(shared)
    for instance in state.withLock({ $0.instances.values }) { body(instance) }
  }

  /// Puts a mechanism in, unless that is out of date, and gives back what had to go for it.
  private func insert(_ new: Mechanism, for key: String, _ version: Int, _ state: inout State) -> Mechanism? {
    guard version == state.version, state.instances[key] == nil else { return nil }
    var evicted: Mechanism?
    if state.instances.count >= capacity, let oldest = state.instances.oldest(where: isIdle) {
      evicted = state.instances.remove(oldest)
    }
    _ = state.instances.insert(new, for: key)
    return evicted
  }
}
