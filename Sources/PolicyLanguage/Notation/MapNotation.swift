internal import LocatedYAML

extension Notation {
  /// A map with the fields of a table; `finish` checks the fields against each other and makes the value.
  ///
  /// `finish` is asked only when every field could be read and none is missing.
  static func map<Draft>(
    _ section: @autoclosure @escaping @Sendable () -> Section<Draft>,
    finish: @escaping @Sendable (Filled<Draft>, PolicyDecoder) -> Value?
  ) -> Notation {
    Notation(section().shape) { layered, decoder in
      guard let filled = section().read(layered, decoder), !filled.isBroken else { return nil }
      return finish(filled, decoder)
    }
  }

  /// A map whose draft is the value.
  static func map(_ section: @autoclosure @escaping @Sendable () -> Section<Value>) -> Notation {
    map(section()) { filled, _ in filled.draft }
  }

  /// The same notation where equal values can be told.
  func comparable() -> Notation where Value: Equatable {
    Notation(shape, read: read, show: show, same: { $0 == $1 })
  }

  /// The same notation, shown as a word where a default is described.
  func showing(_ show: @escaping @Sendable (Value) -> String?) -> Notation {
    Notation(shape, read: read, show: show, same: same)
  }
}

extension Notation where Value == Node {
  /// Any value, kept as it stands.
  static var anything: Notation {
    Notation(.anything) { layered, decoder in
      decoder.keep(layered.node)
      return layered.node
    }
  }
}

extension Notation where Value == [String: String] {
  /// A map from names to texts.
  static var labels: Notation {
    Notation(
      .named(each: TextNotation<String>.text.shape, name: "label")
    ) { layered, decoder in
      guard layered.node.kind == .mapping else {
        decoder.wrongKind(layered.node, expected: .named(each: TextNotation<String>.text.shape, name: "label"))
        return nil
      }
      var labels: [String: String] = [:]
      for layer in layered.layers.reversed() {
        for (key, value) in layer.node.entries {
          decoder.consume(key)
          labels[key.resolved.text] = decoder.scalar(Layered(value), as: .text)
        }
      }
      return labels
    }
  }
}

extension PolicyDecoder {
  /// Notes that a value with everything inside it is kept.
  func consumeAll(_ node: Node) {
    guard consumption != nil else { return }
    consume(node)
    for item in node.items { consumeAll(item.resolved) }
    for (key, value) in node.entries {
      consumeAll(key.resolved)
      consumeAll(value.resolved)
    }
  }
}
