/// One node in a tree's arena: 20 bytes, no references.
struct NodeRecord {
  var start: UInt32
  var end: UInt32
  /// A scalar: where its text begins; a collection: where its children begin; an alias: the node it stands for.
  var first: UInt32 = 0
  /// A scalar: how many bytes of text it has; a collection: how many children, keys and values alike.
  var count: UInt32 = 0
  var kind: Node.Kind
  var style: Node.Style
  var traits: Traits = []

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

  var span: ByteSpan { ByteSpan(Int(start), Int(end)) }
  var isCooked: Bool { traits.contains(.isCooked) }
}
