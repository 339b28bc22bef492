import Synchronization
package final class Keyed<Mechanism: AnyObject & Sendable>: Sendable {
  private let make: @Sendable (String?) -> Mechanism
  private let kept = Mutex<[String?: Mechanism]>([:])
  package init(isIdle: @escaping @Sendable (Mechanism) -> Bool, make: @escaping @Sendable (String?) -> Mechanism) {
    self.make = make
  }
  package func instance(for key: String?) -> Mechanism {
    kept.withLock { kept in
      if let known = kept[key] { return known }
      let new = make(key)
      kept[key] = new
      return new
    }
  }
}
