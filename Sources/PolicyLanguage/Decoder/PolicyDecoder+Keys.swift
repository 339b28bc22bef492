internal import LocatedYAML

extension PolicyDecoder {
  /// Whether a key can be the name of an element; reports one that cannot.
  func isElementName(_ key: Node, _ value: Node) -> Bool {
    guard key.kind == .scalar, key.style != .plain || !key.hasText("<<") else {
      reject(key)
      reject(value)
      if key.kind != .scalar { report(.wrongType, "a name is read here", at: Location(key)) }
      return false
    }
    consume(key)
    return true
  }

  /// Reports a key that a map does not know.
  func unknownKey(_ key: Node, _ value: Node, of map: Node, in section: SectionFacts) {
    reject(key)
    reject(value.resolved)
    guard key.kind == .scalar else {
      if key.kind != .alias { report(.wrongType, "a key is a text", at: Location(key)) }
      return
    }
    let name = key.text
    if name == "<<" {
      suggest(name, for: map)
      return
    }
    UnknownKey(name: name, key: key, value: value.resolved, map: map, section: section, decoder: self).report()
  }
}
