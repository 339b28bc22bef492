internal import LocatedYAML
internal import ResilienceCore
internal import Synchronization

/// Decodes a value that stands in a policy file.
///
/// Texts mean what the field they are for says, never what they look like: `010` and `no` are texts for a text field and
/// errors for a number field.
struct NodeDecoder: Decoder {
  let node: Node
  let codingPath: [any CodingKey]
  let log: ConsumedNodes
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ node: Node, at codingPath: [any CodingKey] = [], _ log: ConsumedNodes) {
    self.node = node.resolved
    self.codingPath = codingPath
    self.log = log
    log.consume(self.node)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard node.kind == .mapping else { throw mismatch([String: Any].self, "a map") }
    return KeyedDecodingContainer(NodeMap<Key>(self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard node.kind == .sequence else { throw mismatch([Any].self, "a list") }
    return NodeList(self)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { NodeScalar(decoder: self) }

  /// A decoder for a part of this node.
  func child(_ node: Node, _ key: any CodingKey) -> NodeDecoder { NodeDecoder(node, at: codingPath + [key], log) }

  func mismatch(_ type: any Any.Type, _ wanted: String) -> DecodingError {
    .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "\(wanted) belongs here, not \(found)"))
  }

  private var found: String {
    switch node.kind {
    case .scalar: "`\(node.text)`"
    case .sequence: "a list"
    case .mapping: "a map"
    case .alias: "an alias of nothing"
    }
  }
}

/// The nodes that a decoder has looked into, to find those that nobody wanted.
final class ConsumedNodes: Sendable {
  private let nodes = Mutex<Set<Node>>([])

  func consume(_ node: Node) { nodes.withLock { _ = $0.insert(node) } }
  func contains(_ node: Node) -> Bool { nodes.withLock { $0.contains(node) } }
}
