/// No-break spaces and their like, where an author cannot have meant them.
///
/// In comments, quotes and texts of several lines they are what they are; in plain text they usually came from a
/// keyboard or a web page, in the place of a space that would have ended a key or a value.
enum OddSpaceCheck {
  static func problems(_ spaces: [CharacterFault], in tree: Tree) -> [Problem] {
    var places = PlaceFinder(tree)
    return spaces.compactMap { space in
      guard let scalar = places.scalar(at: space.span.start), scalar.style == .plain else { return nil }
      return space.problem(in: tree.source.bytes)
    }
  }
}
