/// The anchors and aliases of one document: what each stands for, how large that is, and what does not fit together.
struct AnchorTable {
  struct Anchor {
    let name: String
    let span: ByteSpan
    let node: UInt32
    /// Whether the node is still being read: an alias to it now would contain itself.
    var isOpen: Bool
    var size = NodeSize.scalar
  }

  /// An anchor or alias and the anchor that it does not get on with.
  struct Conflict {
    let name: String
    let span: ByteSpan
    let anchor: ByteSpan
  }

  private(set) var all: [Anchor] = []
  private(set) var redefined: [Conflict] = []
  private(set) var cyclic: [Conflict] = []
  private(set) var undefined: [(name: String, span: ByteSpan)] = []
  private var latest: [String: Int] = [:]
  private var used: Set<String> = []

  /// Enters an anchor, which from here on hides an earlier one of the same name. Returns its number.
  mutating func define(_ name: String, at span: ByteSpan, node: UInt32, isOpen: Bool) -> Int {
    if let earlier = latest[name] {
      redefined.append(Conflict(name: name, span: span, anchor: all[earlier].span))
    }
    latest[name] = all.count
    all.append(Anchor(name: name, span: span, node: node, isOpen: isOpen))
    return all.count - 1
  }

  /// Notes that the node of anchor `number` has been read to its end.
  mutating func close(_ number: Int, size: NodeSize) {
    all[number].isOpen = false
    all[number].size = size
  }

  /// The anchor an alias stands for; `nil` when there is none yet or the alias would contain itself.
  mutating func resolve(_ name: String, at span: ByteSpan) -> Anchor? {
    guard let anchor = latest[name].map({ all[$0] }) else {
      undefined.append((name, span))
      return nil
    }
    used.insert(name)
    guard !anchor.isOpen else {
      cyclic.append(Conflict(name: name, span: span, anchor: anchor.span))
      return nil
    }
    return anchor
  }

  /// The first anchor of each name that no alias uses.
  var unused: [Anchor] {
    var seen = used
    return all.filter { seen.insert($0.name).inserted }
  }
}
