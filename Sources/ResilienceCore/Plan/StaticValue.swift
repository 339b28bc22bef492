import Synchronization

/// A value written in a policy file, decoded once for each type that code asked for.
@usableFromInline package final class StaticValue: Sendable {
  private let decoded = Mutex<[ObjectIdentifier: any Sendable]>([:])

  package init() {}

  package func set<Value: Sendable>(_ value: Value) {
    decoded.withLock { $0[ObjectIdentifier(Value.self)] = value }
  }

  package func value<Value>(as type: Value.Type) -> Value? {
    decoded.withLock { $0[ObjectIdentifier(type)] } as? Value
  }
}
