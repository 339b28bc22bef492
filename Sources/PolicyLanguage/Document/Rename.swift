/// A named element that takes over the live state of one that had another name.
public struct Rename: Hashable, Sendable {
  /// The section of both.
  public let section: SectionName
  /// The name until now.
  public let old: String
  /// The name from now on.
  public let new: String
  /// Where the old name is written.
  public let location: Location
}
