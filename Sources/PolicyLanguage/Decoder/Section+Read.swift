internal import LocatedYAML

extension Section {
  /// Reads a map, or a short form of it, into a fresh draft. Everything that is wrong is reported.
  ///
  /// `nil` when the place holds neither. O(entries · fields).
  func read(_ view: Layered, _ decoder: PolicyDecoder) -> Filled<Draft>? {
    var filled = Filled(draft: initial, present: FieldSet(), isBroken: false, facts: facts, view: view)
    switch view.node.kind {
    case .mapping:
      if view.below.isEmpty {
        readMap(view, into: &filled, decoder)
      } else {
        readLayers(view, into: &filled, decoder)
      }
      checkPresence(&filled, decoder)
    case .scalar where !shorthands.isEmpty:
      guard readShorthand(view, into: &filled, decoder) else { return nil }
    default:
      decoder.wrongKind(view.node, expected: shape)
      return nil
    }
    return filled
  }

  /// The map and its short forms.
  var shape: Shape {
    if !facts.fields.contains(where: \.availability.isWritable), !facts.shorthands.isEmpty {
      return facts.shorthands.count == 1 ? facts.shorthands[0].shape : .either(facts.shorthands.map(\.shape))
    }
    return wholeShape
  }

  private var wholeShape: Shape {
    facts.shorthands.isEmpty ? .map(facts) : .either(facts.shorthands.map(\.shape) + [.map(facts)])
  }

  /// One place: every entry goes straight to its field.
  private func readMap(_ view: Layered, into filled: inout Filled<Draft>, _ decoder: PolicyDecoder) {
    for (key, value) in view.node.entries {
      guard let index = fieldIndex(key.resolved, value, of: view.node, decoder) else { continue }
      guard filled.present.insert(index) else {
        decoder.reject(value)
        continue
      }
      readField(index, key: key, Layered(value, origin: view.top.origin), into: &filled, decoder, judgeDefault: true)
    }
  }

  /// Several places: the values of each field are collected first.
  private func readLayers(_ view: Layered, into filled: inout Filled<Draft>, _ decoder: PolicyDecoder) {
    var collected: [(key: Node, layers: [Layered.Layer])?] = Array(repeating: nil, count: fields.count)
    for layer in view.layers {
      for (key, value, index) in fieldsOf(layer.node, decoder) {
        let found = Layered.Layer(node: value.resolved, origin: layer.origin)
        let earlier = collected[index]
        collected[index] = (earlier?.key ?? key, (earlier?.layers ?? []) + [found])
      }
    }
    for (index, found) in collected.enumerated() {
      guard let found, let layered = Layered(found.layers), filled.present.insert(index) else { continue }
      readField(index, key: found.key, layered, into: &filled, decoder, judgeDefault: false)
    }
  }

  /// The fields that one place gives: a map's entries, or what a short form stands for.
  private func fieldsOf(_ node: Node, _ decoder: PolicyDecoder) -> [(key: Node, value: Node, index: Int)] {
    guard node.kind == .mapping else {
      return valueShorthand(for: node).compactMap { name in position(of: name).map { (node, node, $0) } }
    }
    var seen = FieldSet()
    return node.entries.compactMap { key, value in
      guard let index = fieldIndex(key.resolved, value, of: node, decoder) else { return nil }
      guard seen.insert(index) else {
        decoder.reject(value)
        return nil
      }
      return (key, value, index)
    }
  }

  private func readField(
    _ index: Int, key: Node, _ layered: Layered, into filled: inout Filled<Draft>, _ decoder: PolicyDecoder,
    judgeDefault: Bool
  ) {
    let field = fields[index]
    decoder.push(field.facts.name, key)
    defer { decoder.pop() }
    guard decoder.allows(field.facts, key: key, value: layered) else {
      filled.isBroken = true
      if let replaced = field.facts.replaces { decoder.suggest(replaced, for: filled.view.node) }
      return
    }
    switch field.read(layered, decoder, &filled.draft) {
    case .wrong: filled.isBroken = true
    case .value: break
    case .standard:
      if judgeDefault { decoder.reportStandard(filled.facts.fields[index], key: key, layered.node) }
    }
  }

  /// The field a key names. Reports a key that names none.
  private func fieldIndex(_ key: Node, _ value: Node, of map: Node, _ decoder: PolicyDecoder) -> Int? {
    for (index, field) in fields.enumerated() where key.hasText(field.facts.name) {
      decoder.consume(key)
      return index
    }
    decoder.unknownKey(key, value, of: map, in: facts)
    return nil
  }

  private func position(of name: String) -> Int? { fields.firstIndex { $0.facts.name == name } }
}

extension Section {
  private func readShorthand(_ view: Layered, into filled: inout Filled<Draft>, _ decoder: PolicyDecoder) -> Bool {
    let node = view.node
    if decoder.isEmpty(node) {
      decoder.reject(node)
      return false
    }
    for case .word(let word, let assign) in shorthands where node.hasText(word.text) {
      assign(&filled.draft)
      decoder.consume(node)
      return true
    }
    for case .laterWord(let word) in shorthands where node.hasText(word) {
      decoder.notInThisVersion("`\(word)`", at: node)
      return false
    }
    let names = valueShorthand(for: node)
    guard !names.isEmpty else {
      decoder.report(WordText.advice(node.text, among: words), at: node)
      return false
    }
    decoder.offered = words.first
    defer { decoder.offered = nil }
    for name in names {
      guard let index = position(of: name), filled.present.insert(index) else { continue }
      if case .wrong = fields[index].read(view, decoder, &filled.draft) { filled.isBroken = true }
    }
    return true
  }

  /// The fields that a scalar stands for; none when it is a word or there is no such short form.
  private func valueShorthand(for node: Node) -> [String] {
    if words.contains(where: node.hasText) { return [] }
    for case .value(_, let fields, _) in shorthands { return fields }
    return []
  }

  private var words: [String] {
    shorthands.compactMap { if case .word(let word, _) = $0 { word.text } else { nil } }
  }

  private func checkPresence(_ filled: inout Filled<Draft>, _ decoder: PolicyDecoder) {
    for (index, field) in fields.enumerated() where field.facts.isMandatory && !filled.present.contains(index) {
      decoder.missing([field.facts], in: facts, at: filled.view.node)
      filled.isBroken = true
    }
    switch facts.choice {
    case .free: break
    case .anyOf(let names):
      if !names.contains(where: filled.has) { missingChoice(names, &filled, decoder) }
    case .oneOf(let names):
      let found = names.filter(filled.has)
      if found.isEmpty {
        missingChoice(names, &filled, decoder)
      } else if found.count > 1 {
        decoder.tooMany(found, in: filled.view.node)
        filled.isBroken = true
      }
    }
  }

  private func missingChoice(_ names: [String], _ filled: inout Filled<Draft>, _ decoder: PolicyDecoder) {
    decoder.missing(names.compactMap(facts.field), in: facts, at: filled.view.node)
    filled.isBroken = true
  }
}
