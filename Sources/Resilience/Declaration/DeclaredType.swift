internal import LocatedYAML
internal import PolicyCompiler
internal import PolicyLanguage
internal import ResilienceCore

/// The type of an operation's values, as code declared it.
struct DeclaredType: Sendable {
  let type: any Any.Type
  private let accepting: @Sendable (any Sendable.Type) -> Bool
  private let decoding: @Sendable (Node, StaticValue) throws(CompileProblem) -> Void

  init<Value: Sendable>(_ type: Value.Type) {
    self.type = type
    accepting = { made in made == type || made is Value.Type }
    decoding = { (node, store) throws(CompileProblem) in
      guard let decodable = type as? any Decodable.Type else {
        throw CompileProblem(
          "the type `\(type)` cannot be decoded from a file: it is not Decodable", at: Location(node))
      }
      guard let value = try FileValue(node: node).decode(decodable) as? Value else { return }
      store.set(value)
    }
  }

  /// The type that a handler makes.
  init(of handler: FallbackHandler) {
    func opened<Value: Sendable>(_ type: Value.Type) -> DeclaredType { DeclaredType(type) }
    self = opened(handler.valueType)
  }

  var name: String { "\(type)" }

  /// Whether values of another type can be given back as this one.
  func accepts(_ other: any Sendable.Type) -> Bool { accepting(other) }

  /// Decodes a value of a file and keeps it for the calls that ask for this type.
  func decode(_ node: Node, into store: StaticValue) throws(CompileProblem) { try decoding(node, store) }
}
