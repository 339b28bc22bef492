import Synchronization

/// One mechanism for each value of a label, and one for the calls that do not carry the label.
///
/// Above the capacity those go that nothing is lost with, the ones that were used longest ago first. One that is indispensable
/// stays, even if that means more than the capacity.
package final class Keyed<Mechanism: AnyObject & Sendable>: Sendable {
  /// Makes the mechanism of a key, or the one of calls without a key.
  package typealias Make = @Sendable (String?) -> Mechanism

  /// How many keys are kept when nothing else is said.
  package static var standardCapacity: Int { 10_000 }
  /// How many mechanisms are looked at, at most, for one new key.
  package static var mostLooks: Int { 8 }

  private struct State {
    var make: Make
    /// How often `make` was replaced.
    var version = 0
    var instances = RecencyList<String, Mechanism>()
  }

  /// The label. It stands here and not in the layers, of which there may be many and few have keys.
  package let label: String
  /// What calls without the label use.
  package let shared: Mechanism
  private let capacity: Int
  private let retention: @Sendable (Mechanism) -> Retention
  private let state: Mutex<State>

  /// - Parameters:
  ///   - label: Means nothing to who asks for the mechanism of a key.
  ///   - retention: how much would be lost with a mechanism; called with a lock held, so it must only look.
  ///   - make: never called with a lock held, and now and then for nothing.
  package init(
    by label: String = "", capacity: Int = standardCapacity,
    retention: @escaping @Sendable (Mechanism) -> Retention, make: @escaping Make
  ) {
    self.label = label
    shared = make(nil)
    self.capacity = max(capacity, 1)
    self.retention = retention
    state = Mutex(State(make: make))
  }

  /// - Parameter isIdle: whether a mechanism remembers nothing that matters.
  package convenience init(
    by label: String = "", capacity: Int = standardCapacity, isIdle: @escaping @Sendable (Mechanism) -> Bool,
    make: @escaping Make
  ) {
    self.init(by: label, capacity: capacity, retention: { isIdle($0) ? .dispensable : .indispensable }, make: make)
  }

  /// How many keys have a mechanism of their own.
  package var count: Int { state.withLock { $0.instances.count } }

  /// The mechanism of a key, or the shared one without a key. O(1).
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

  /// Calls `body` with every mechanism that there is, the shared one first, after what `make` goes by has changed.
  ///
  /// None is missed: one that was being made meanwhile is made again.
  package func renew(_ body: (Mechanism) -> Void) {
    let instances = state.withLock { state in
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
  private func insert(_ new: Mechanism, for key: String, _ version: Int, _ state: inout State) -> [Mechanism] {
    guard version == state.version, state.instances[key] == nil else { return [] }
    let evicted = state.instances.count < capacity ? [] : makeRoom(&state.instances)
    _ = state.instances.insert(new, for: key)
    return evicted
  }

  /// Takes out the oldest that are dispensable until there is room, or else one that is valued.
  ///
  /// Looks at a few and no more, because a lock is held: what cannot go counts as used now, so that others are looked at next
  /// time. An outage in which thousands of keys are indispensable costs each new key no more than a quiet day does.
  private func makeRoom(_ instances: inout RecencyList<String, Mechanism>) -> [Mechanism] {
    var evicted: [Mechanism] = []
    var valued: String?
    for _ in 0..<min(Self.mostLooks, instances.count) {
      guard instances.count >= capacity, let (key, mechanism) = instances.oldest else { break }
      switch retention(mechanism) {
      case .dispensable:
        if let mechanism = instances.remove(key) { evicted.append(mechanism) }
      case .valued:
        valued = valued ?? key
        _ = instances.touch(key)
      case .indispensable:
        _ = instances.touch(key)
      }
    }
    if evicted.isEmpty, instances.count >= capacity, let valued, let mechanism = instances.remove(valued) {
      evicted.append(mechanism)
    }
    return evicted
  }
}
