internal import LocatedYAML

extension PolicyDecoder {
  /// The name of an element that a key defines; reports a key that cannot be one.
  func elementName(_ key: Node, _ value: Node) -> String? {
    guard key.kind == .scalar, key.style != .plain || !key.hasText("<<") else {
      reject(key)
      reject(value)
      if key.kind != .scalar { report(.wrongType, "a name is read here", at: Location(key)) }
      return nil
    }
    consume(key)
    return key.text
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
