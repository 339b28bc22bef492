/// A change of the file that removes a finding.
public struct Fix: Sendable {
  /// Whether the file means the same afterwards.
  public enum Safety: String, Sendable {
    /// The file then does what it did, or what its writer cannot but have meant.
    case safe
    /// The file then does something else than before; somebody has to agree.
    case unsafe
  }

  /// What stands at `location` becomes `replacement`.
  public struct Edit: Sendable {
    /// The text that goes; empty for an insertion.
    public let location: Location
    /// The text that takes its place.
    public let replacement: String

    public init(_ location: Location, _ replacement: String) {
      self.location = location
      self.replacement = replacement
    }
  }

  /// Whether it can be made without asking.
  public let safety: Safety
  /// The changes, none inside another.
  public let edits: [Edit]

  public init(_ safety: Safety, _ edits: [Edit]) {
    self.safety = safety
    self.edits = edits
  }
}
