/// One node in a tree's arena: 20 bytes, no references.
struct NodeRecord {
  let start: UInt32
  private(set) var end: UInt32
  /// A scalar: where its text begins; a collection: where its children begin; an alias: the node it stands for.
  private(set) var first: UInt32
  /// A scalar: how many bytes of text it has; a collection: how many children, keys and values alike.
  private(set) var count: UInt32
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

  /// Ends a collection with `count` children from `first` on.
  mutating func close(at end: UInt32, first: UInt32, count: UInt32) {
    self.end = max(start, end)
    self.first = first
    self.count = count
  }

  var span: ByteSpan { ByteSpan(Int(start), Int(end)) }
  var isCooked: Bool { traits.contains(.isCooked) }
}
