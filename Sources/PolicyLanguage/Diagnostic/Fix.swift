/// A change of the file that removes a finding.
public struct Fix: Sendable {
  public enum Safety: String, Sendable {
    /// The file then does what it did, or what its writer cannot but have meant.
    case safe
    /// The file then does something else than before; somebody has to agree.
    case unsafe
  }

  /// What stands at `location` becomes `replacement`.
  public struct Edit: Sendable {
    public let location: Location
    public let replacement: String

    public init(_ location: Location, _ replacement: String) {
      self.location = location
      self.replacement = replacement
    }
  }

  public let safety: Safety
  public let edits: [Edit]

  public init(_ safety: Safety, _ edits: [Edit]) {
    self.safety = safety
    self.edits = edits
  }
}
