/// The policy of one operation, looked up once and good for the engine's life: reloads change what it does, not the handle.
///
/// ```swift
/// let getUser = try engine.policy("users.get")
/// let user = try await getUser.run { try await database.user(id) }
/// ```
@frozen public struct OperationPolicy: CallPolicy {
  @usableFromInline let entry: OperationEntry

  init(_ entry: OperationEntry) { self.entry = entry }

  /// The operation's name.
  public var name: String { entry.name }

  @inlinable public var operation: OperationPolicy { self }
}
