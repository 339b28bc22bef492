import Synchronization

/// One mechanism for everybody, or one for each value of a label.
///
/// Above the capacity the mechanism that was used longest ago goes, of those that are idle; one that is not idle stays, even if that
/// means more than the capacity.
package final class Keyed<Mechanism: AnyObject & Sendable>: Sendable {
  /// How many keys are kept when nothing else is said.
  package static var standardCapacity: Int { 10_000 }

  /// What calls without the label use.
  package let shared: Mechanism
  private let capacity: Int
  private let make: @Sendable (String) -> Mechanism
  private let isIdle: @Sendable (Mechanism) -> Bool
  private let instances = Mutex(RecencyList<String, Mechanism>())

  /// - Parameters:
  ///   - make: makes the mechanism of a key that is new; never called with a lock held, and at worst once too often.
  ///   - isIdle: whether a mechanism remembers nothing that matters; called with a lock held, so it must only look.
  package init(
    shared: Mechanism, capacity: Int = standardCapacity, isIdle: @escaping @Sendable (Mechanism) -> Bool,
    make: @escaping @Sendable (String) -> Mechanism
  ) {
    self.shared = shared
    self.capacity = max(capacity, 1)
    self.isIdle = isIdle
    self.make = make
  }

  /// How many keys have a mechanism of their own.
  package var count: Int { instances.withLock { $0.count } }

  /// The mechanism of a key, or the shared one without a key.
  ///
  /// Complexity: O(1) for a key that is known, or while there is room; else O(mechanisms that are older than the oldest idle one).
  package func instance(for key: String?) -> Mechanism {
    guard let key else { return shared }
    if let known = instances.withLock({ $0.touch(key) }) { return known }
    let (instance, evicted) = insert(make(key), for: key)
    // Held until here so that a mechanism is never released under the lock.
    withExtendedLifetime(evicted) {}
    return instance
  }

  /// Calls `body` with every mechanism that there is, the shared one first; those that come meanwhile are left out.
  package func forEach(_ body: (Mechanism) -> Void) {
    body(shared)
    for instance in instances.withLock({ $0.values }) { body(instance) }
  }

  private func insert(_ new: Mechanism, for key: String) -> (Mechanism, evicted: Mechanism?) {
    instances.withLock { instances in
      if let known = instances.touch(key) { return (known, nil) }
      var evicted: Mechanism?
      if instances.count >= capacity, let oldest = instances.oldest(where: isIdle) {
        evicted = instances.remove(oldest)
      }
      _ = instances.insert(new, for: key)
      return (new, evicted)
    }
  }
}
