/// A collection whose end has not been read yet. Small, because a file opens and closes very many.
struct OpenCollection {
  var node: UInt32
  var start: UInt32
  /// Where its last descendant so far ends.
  var lastEnd: UInt32
  /// How many children it has so far, keys and values alike.
  var children: UInt32 = 0
  /// How many nodes the document had when it began, aliases expanded.
  var nodesBefore: Int
  /// Its number in the table of anchors, or ``noAnchor``.
  var anchor: Int32 = Self.noAnchor
  /// Collections inside one another, itself included.
  var depth: Int32 = 1
  var isMapping: Bool
  var isFlow: Bool

  static let noAnchor: Int32 = -1

  /// What stands around a document's root: one entry, and no end of its own.
  static let document = OpenCollection(
    node: 0, start: 0, lastEnd: 0, nodesBefore: 0, isMapping: false, isFlow: false)

  /// Notes a descendant that ends at `end`.
  mutating func extend(to end: UInt32) {
    lastEnd = max(lastEnd, end)
  }

  /// Notes a child that is `depth` collections deep itself.
  mutating func deepen(by depth: Int) {
    self.depth = max(self.depth, Int32(clamping: depth.addingSaturated(1)))
  }
}
