internal import LocatedYAML

/// What elements say that were read before, by how they are written: a large file writes few elements in many places.
///
/// Only what said nothing beside its value is kept: no finding, no rename, nothing that is kept as it stands.
struct WrittenAlike {
  private struct Reading {
    let hash: Int
    let node: Node
    let said: AnyObject
  }

  /// Two places for each hash; a later element takes the place of the earlier one of both, so that the table never grows.
  private var readings: [Reading?] = []
  /// A power of two.
  private let hashes: Int

  /// - Parameter nodes: How many nodes the files have: the table has a place for each 16 of them, within bounds.
  init(nodes: Int) {
    var hashes = 8
    while hashes < nodes / 32, hashes < 1 << 13 { hashes *= 2 }
    self.hashes = hashes
  }

  /// What an element of this kind says that is written in the same way. O(bytes).
  func find<Value>(_ node: Node, hash: Int, as type: Said<Value>.Type) -> Said<Value>? {
    guard !readings.isEmpty else { return nil }
    let place = 2 * (hash & (hashes - 1))
    for place in place...place + 1 where readings[place]?.hash == hash {
      guard let reading = readings[place], let said = reading.said as? Said<Value>, reading.node.isWritten(like: node)
      else { continue }
      return said
    }
    return nil
  }

  mutating func insert<Value>(_ said: Said<Value>, at node: Node, hash: Int) {
    if readings.isEmpty { readings = Array(repeating: nil, count: 2 * hashes) }
    let place = 2 * (hash & (hashes - 1))
    readings[place + 1] = readings[place]
    readings[place] = Reading(hash: hash, node: node, said: said)
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
  /// Whether equal text is read alike everywhere. Near text that cannot be read less is reported.
  var mayReadAlike: Bool { consumption == nil && catalogue.hidden.isEmpty }

  /// What an element says whose value stands at `own`, with what it extends, and the places that this comes from; `nil` when it
  /// cannot be read.
  func said<Value>(
    _ own: Layered, in section: SectionName, _ notation: Notation<Value>
  ) -> (said: Said<Value>, view: Layered)? {
    guard mayReadAlike, own.isPlain, let hash = own.node.hashOfWriting else {
      return read(own, section, notation)
    }
    // What extends something has more places than its own, and is never kept.
    if let known = alike.find(own.node, hash: hash, as: Said<Value>.self) { return (known, own) }
    let before = SideEffects(self)
    guard let reading = read(own, section, notation) else { return nil }
    if reading.view.isPlain, SideEffects(self) == before { alike.insert(reading.said, at: own.node, hash: hash) }
    return reading
  }

  private func read<Value>(
    _ own: Layered, _ section: SectionName, _ notation: Notation<Value>
  ) -> (said: Said<Value>, view: Layered)? {
    let view = inheriting(own, in: section)
    guard let value = notation.read(view, self) else { return nil }
    return (Said(value), view)
  }
}
