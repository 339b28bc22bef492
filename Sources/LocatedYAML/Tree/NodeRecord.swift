/// All there is to know of one node, as a ``NodeStore`` tells it.
struct NodeRecord {
  let start: UInt32
  let end: UInt32
  /// A scalar: where its text begins; a collection: where its children begin; an alias: the node it stands for.
  let first: UInt32
  /// A scalar: how many bytes of text it has; a collection: how many children, keys and values alike.
  let count: UInt32
  let kind: Node.Kind
  let style: Node.Style
  let traits: Traits

  /// What few nodes have, so that the others need not look it up.
  struct Traits: OptionSet {
    let rawValue: UInt8
    /// An anchor or a tag is written.
    static let hasProperties = Traits(rawValue: 1)
    /// The text differs from what is written and stands in the side buffer.
    static let isCooked = Traits(rawValue: 2)
    /// A collection whose children are the nodes behind it.
    static let isFlat = Traits(rawValue: 4)
  }

  /// In `first` of an alias that stands for nothing.
  static let noTarget = UInt32.max

  init(
    start: Int, end: Int, first: UInt32 = 0, count: UInt32 = 0, kind: Node.Kind, style: Node.Style, traits: Traits = []
  ) {
    self.start = UInt32(clamping: start)
    self.end = UInt32(clamping: max(start, end))
    self.first = first
    self.count = count
    self.kind = kind
    self.style = style
    self.traits = traits
  }

  init(
    start: UInt32, end: UInt32, first: UInt32, count: UInt32, kind: Node.Kind, style: Node.Style, traits: Traits
  ) {
    self.start = start
    self.end = end
    self.first = first
    self.count = count
    self.kind = kind
    self.style = style
    self.traits = traits
  }

  var span: ByteSpan { ByteSpan(Int(start), Int(end)) }
  var isCooked: Bool { traits.contains(.isCooked) }
  var isFlat: Bool { traits.contains(.isFlat) }
}
