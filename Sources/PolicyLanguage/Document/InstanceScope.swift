/// Whose calls share one instance of a named mechanism.
public enum InstanceScope: Hashable, Sendable {
  /// All calls that name it.
  case shared
  /// One instance for each operation.
  case operation
  /// One for each target.
  case target
  /// One for each value of this label of the call.
  case key(String)
}
