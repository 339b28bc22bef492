internal import LocatedYAML
internal import PolicyCompiler
internal import PolicyLanguage

/// A value that stands in a policy file.
struct FileValue: Sendable {
  let node: Node

  /// The value as a type of the program's; whatever the type does not take is an error.
  func decode<Value: Decodable>(_ type: Value.Type) throws(CompileProblem) -> Value {
    let log = ConsumedNodes()
    let value: Value
    do { value = try Value(from: NodeDecoder(node, log)) } catch { throw problem(error, type) }
    if let key = unusedKey(of: node.resolved, log) {
      throw CompileProblem("`\(type)` has no use for `\(key.text)`", at: Location(key))
    }
    return value
  }

  private func problem(_ error: any Error, _ type: any Any.Type) -> CompileProblem {
    guard let error = error as? DecodingError else {
      return CompileProblem("is no `\(type)`: \(error)", at: Location(node.resolved))
    }
    let context = error.context
    return CompileProblem(
      "is no `\(type)`: \(context?.debugDescription ?? "\(error)")",
      at: Location(place(context?.codingPath ?? [])))
  }

  /// The node at the end of a path, or the last on the way that there is.
  private func place(_ path: [any CodingKey]) -> Node {
    var place = node.resolved
    for step in path {
      let next: Node? =
        if let index = step.intValue {
          place.items.indices.contains(index) ? place.items[index] : nil
        } else {
          place.value(step.stringValue)
        }
      guard let next else { break }
      place = next.resolved
    }
    return place
  }

  /// The first key of a map that was decoded whose value nobody looked at.
  private func unusedKey(of node: Node, _ log: ConsumedNodes) -> Node? {
    for (key, value) in node.entries.map({ ($0.key, $0.value.resolved) }) {
      guard log.contains(value) else { return key }
      if let unused = unusedKey(of: value, log) { return unused }
    }
    for item in node.items {
      if let unused = unusedKey(of: item.resolved, log) { return unused }
    }
    return nil
  }
}

extension DecodingError {
  fileprivate var context: Context? {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context): context
    case .dataCorrupted(let context): context
    @unknown default: nil
    }
  }
}
