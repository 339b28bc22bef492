internal import LocatedYAML

/// What elements say that were read before, by how they are written: a large file writes few elements in many places.
///
/// Only what said nothing beside its value is kept: no finding, no rename, nothing that is kept as it stands.
struct WrittenAlike {
  private struct Reading {
    let node: Node
    let said: AnyObject
  }

  /// A place for each hash; a later element takes the place of an earlier one, so that the table never grows.
  private var readings: [Reading?] = []
  private let size: Int

  /// - Parameter nodes: How many nodes the files have. The table has a place for each 16 of them, within bounds.
  init(nodes: Int) {
    var size = 16
    while size < nodes / 16, size < 1 << 14 { size *= 2 }
    self.size = size
  }

  /// What an element of this kind says that is written in the same way. O(bytes).
  func find<Value>(_ node: Node, hash: Int, as type: Said<Value>.Type) -> Said<Value>? {
    guard !readings.isEmpty, let reading = readings[hash & (size - 1)], reading.node.isWritten(like: node) else {
      return nil
    }
    return reading.said as? Said<Value>
  }

  mutating func insert<Value>(_ said: Said<Value>, at node: Node, hash: Int) {
    if readings.isEmpty { readings = Array(repeating: nil, count: size) }
    readings[hash & (size - 1)] = Reading(node: node, said: said)
  }
}

/// Counts what reading does beside making a value: where nothing was added, equal text can stand for the same value.
struct SideEffects: Equatable {
  private let findings: Int
  private let renames: Int
  private let kept: Int

  init(_ decoder: PolicyDecoder) {
    findings = decoder.log.addedCount
    renames = decoder.renames.count
    kept = decoder.kept.count
  }
}

extension PolicyDecoder {
  /// What an element says whose value stands at `view`; `nil` when it cannot be read.
  func said<Value>(_ view: Layered, _ notation: Notation<Value>) -> Said<Value>? {
    guard consumption == nil, view.isPlain, let hash = view.node.hashOfWriting else {
      return notation.read(view, self).map(Said.init)
    }
    if let known = alike.find(view.node, hash: hash, as: Said<Value>.self) { return known }
    let before = SideEffects(self)
    guard let said = notation.read(view, self).map(Said.init) else { return nil }
    if SideEffects(self) == before { alike.insert(said, at: view.node, hash: hash) }
    return said
  }
}
