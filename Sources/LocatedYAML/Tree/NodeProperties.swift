/// The anchor and the tag written before a node.
struct NodeProperties {
  var node: UInt32
  var anchor: String?
  var anchorSpan: ByteSpan?
  var tag: String?
  var tagSpan: ByteSpan?
}
