/// What a reload changed.
public struct ReloadReport: Sendable, Hashable, CustomStringConvertible {
  /// Counts the loads of the file: the first is 1.
  public let generation: UInt64

  public var description: String { "generation \(generation)" }
}
