/// One value of a document, with its place.
///
/// A node is a pair of a tree and an index, cheap to copy, and keeps its whole tree alive. Two nodes are equal when they
/// are the same place in the same tree.
public struct Node: Sendable {
  /// What a node is.
  public enum Kind: UInt8, Sendable {
    /// A text.
    case scalar
    /// A list.
    case sequence
    /// A map.
    case mapping
    /// A reference (`*name`) to another node.
    case alias
  }

  /// How a node is written.
  public enum Style: UInt8, Sendable {
    /// Without quotes; aliases too.
    case plain
    /// In `'…'`.
    case singleQuoted
    /// In `"…"`.
    case doubleQuoted
    /// Behind `|`.
    case literal
    /// Behind `>`.
    case folded
    /// A collection by indentation.
    case block
    /// A collection in brackets.
    case flow
  }

  package let tree: Tree
  package let index: UInt32
}

extension Node {
  /// What the node is.
  public var kind: Kind { tree.nodes.forms[Int(index)].kind }

  /// How the node is written.
  public var style: Style { tree.nodes.forms[Int(index)].style }

  /// The bytes of the value, without its anchor and tag. A collection by indentation ends where its last descendant does.
  public var span: ByteSpan { record.span }

  /// The file the node stands in.
  public var source: SourceText { tree.source }

  /// A scalar's text, unescaped and folded; empty for every other node. O(length).
  public var text: String { tree.text(record) }

  /// Whether nothing at all is written where the value belongs.
  public var isPlainEmpty: Bool { record.kind == .scalar && record.style == .plain && record.count == 0 }

  /// The tag with its handle resolved (`!!str` is `tag:yaml.org,2002:str`), if one is written.
  public var tag: String? { tree.properties(of: index)?.tag }

  /// The name of the node's anchor, if it has one.
  public var anchor: String? { tree.properties(of: index)?.anchor }

  /// The bytes of the anchor, the `&` included.
  public var anchorSpan: ByteSpan? { tree.properties(of: index)?.anchorSpan }

  /// What an alias stands for; `nil` for an undefined or cyclic alias and for every other node.
  public var target: Node? {
    let target = tree.resolved(index)
    return target == index ? nil : tree.node(target)
  }

  /// The node itself, or what it stands for. An alias that stands for nothing is itself.
  public var resolved: Node { kind == .alias ? tree.node(tree.resolved(index)) : self }

  /// A list's nodes; empty for every other node.
  public var items: Items { Items(self) }

  /// A map's keys and values in file order; empty for every other node.
  public var entries: Entries { Entries(self) }

  /// The value of the first entry whose key is `key`. O(entries).
  public func value(_ key: String) -> Node? {
    guard kind == .mapping else { return nil }
    let record = record
    for position in stride(from: 0, to: record.count, by: 2)
    where tree.hasText(tree.resolved(tree.nodes.child(of: record, at: position)), key) {
      return tree.node(tree.nodes.child(of: record, at: position + 1))
    }
    return nil
  }

  /// Whether the node is a scalar whose text is `other`, without making a `String` of it.
  public func hasText(_ other: String) -> Bool {
    tree.hasText(index, other)
  }
}

extension Node {
  /// Whether both are scalars of the same text, byte by byte.
  package func hasText(of other: Node) -> Bool {
    let (own, others) = (record, other.record)
    guard own.kind == .scalar, others.kind == .scalar else { return false }
    return tree.withText(own) { text in other.tree.withText(others) { text.isEqual(to: $0) } }
  }

  /// The bytes of the tag as written, the `!` included.
  package var tagSpan: ByteSpan? { tree.properties(of: index)?.tagSpan }

  /// A scalar's text, cut to a length that fits into a message.
  var excerpt: String {
    let bytes = tree.textBytes(record)
    guard bytes.count > 60 else { return text }
    return String(decoding: bytes.prefix(60), as: UTF8.self) + "…"
  }

  var record: NodeRecord { tree.nodes[index] }
}

extension Node: Hashable {
  /// Whether both are the same place in the same tree.
  public static func == (left: Node, right: Node) -> Bool {
    left.tree === right.tree && left.index == right.index
  }

  /// Hashes the place, not the text.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(tree))
    hasher.combine(index)
  }
}
