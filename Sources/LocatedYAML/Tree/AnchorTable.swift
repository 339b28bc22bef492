/// The anchors of one document, and how much each of them stands for.
struct AnchorTable {
  struct Anchor {
    let name: String
    let span: ByteSpan
    let node: UInt32
    /// Whether the node is still being read: an alias to it now would contain itself.
    var isOpen: Bool
    var size = NodeSize.scalar
  }

  private(set) var all: [Anchor] = []
  private var latest: [String: Int] = [:]
  private var used: Set<String> = []

  /// The anchor that `name` means at this point of the document.
  func current(_ name: String) -> Anchor? {
    latest[name].map { all[$0] }
  }

  /// Enters an anchor, which from here on hides an earlier one of the same name. Returns its number.
  mutating func define(_ name: String, at span: ByteSpan, node: UInt32, isOpen: Bool) -> Int {
    latest[name] = all.count
    all.append(Anchor(name: name, span: span, node: node, isOpen: isOpen))
    return all.count - 1
  }

  /// Notes that the node of anchor `number` has been read to its end.
  mutating func close(_ number: Int, size: NodeSize) {
    all[number].isOpen = false
    all[number].size = size
  }

  mutating func use(_ name: String) { used.insert(name) }

  /// The first anchor of each name that no alias uses.
  var unused: [Anchor] {
    var seen = used
    return all.filter { seen.insert($0.name).inserted }
  }
}
