import Synchronization
package final class LastGoodStore: Sendable {
  private let settings: LastGoodSettings
  private let kept = Mutex<[String?: (any Sendable, Instant)]>([:])
  package init(_ settings: LastGoodSettings) { self.settings = settings }
  package func value(key: String?, at now: Instant) -> (value: any Sendable, age: UInt64)? {
    guard let (value, at) = kept.withLock({ $0[key] }) else { return nil }
    let age = at.nanoseconds(to: now)
    return age <= settings.maxAge.nanoseconds ? (value, age) : nil
  }
  package func store(_ value: any Sendable, key: String?, at now: Instant) { kept.withLock { $0[key] = (value, now) } }
}
