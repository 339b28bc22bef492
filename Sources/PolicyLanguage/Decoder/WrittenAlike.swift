internal import LocatedYAML

/// What elements say that were read before, by how they are written: a large file writes few elements in many places.
///
/// Only what said nothing beside its value is kept: no finding, no rename, nothing that is kept as it stands.
struct WrittenAlike {
  private struct Reading {
    let section: SectionName
    let node: Node
    /// The position in ``said``.
    let position: UInt32
  }

  /// What was read, in the order in which it was: a ``Said`` of the kind of its section.
  private(set) var said: [any AnyObject & Sendable] = []
  /// Two places for each hash; a later element takes the place of the earlier one of both, so that the table never grows.
  private var readings: [Reading?] = []
  /// The hash of each, which is compared before anything else of it is looked at; -1 where there is none.
  private var hashes: [Int] = []
  /// How many hashes have places of their own: a power of two.
  private let capacity: Int

  /// - Parameter nodes: How many nodes the files have: the table has a place for each 16 of them, within bounds.
  init(nodes: Int) {
    var capacity = 8
    while capacity < nodes / 32, capacity < 1 << 13 { capacity *= 2 }
    self.capacity = capacity
  }

  /// The position in ``said`` of what an element of this section says that is written in the same way. O(bytes).
  func find(_ node: UInt32, in tree: Tree, of section: SectionName, hash: Int) -> UInt32? {
    guard !readings.isEmpty else { return nil }
    let place = 2 * (hash & (capacity - 1))
    if hashes[place] == hash, let position = position(place, node, tree, section) { return position }
    return hashes[place + 1] == hash ? position(place + 1, node, tree, section) : nil
  }

  private func position(_ place: Int, _ node: UInt32, _ tree: Tree, _ section: SectionName) -> UInt32? {
    guard let reading = readings[place], reading.section == section, tree.isWritten(node, like: reading.node) else {
      return nil
    }
    return reading.position
  }

  /// Keeps what an element says, and answers its position in ``said``.
  mutating func insert<Value>(_ said: Said<Value>, of section: SectionName, at node: Node, hash: Int) -> UInt32 {
    if readings.isEmpty {
      readings = Array(repeating: nil, count: 2 * capacity)
      hashes = Array(repeating: -1, count: 2 * capacity)
    }
    let place = 2 * (hash & (capacity - 1))
    let position = UInt32(truncatingIfNeeded: self.said.count)
    self.said.append(said)
    readings[place + 1] = readings[place]
    hashes[place + 1] = hashes[place]
    hashes[place] = hash
    readings[place] = Reading(section: section, node: node, position: position)
    return position
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
    if let known = alike.find(own.node.index, in: own.node.tree, of: section, hash: hash),
      let said = alike.said[Int(known)] as? Said<Value>
    {
      return (said, own)
    }
    let before = SideEffects(self)
    guard let reading = read(own, section, notation) else { return nil }
    if reading.view.isPlain, SideEffects(self) == before {
      _ = alike.insert(reading.said, of: section, at: own.node, hash: hash)
    }
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
