internal import LocatedYAML

extension Section {
  /// Reads a map, or a short form of it, into a fresh draft. Everything that is wrong is reported.
  ///
  /// `nil` when the place holds neither. O(entries · fields).
  func read(_ view: Layered, _ decoder: PolicyDecoder) -> Filled<Draft>? {
    var filled = Filled(draft: initial, present: FieldSet(), isBroken: false, facts: facts, view: view)
    switch view.node.kind {
    case _ where !view.isPlain && view.top.field != nil, .mapping:
      if view.isPlain || view.below.isEmpty && view.top.field == nil {
        readMap(view, into: &filled, decoder)
      } else {
        readLayers(view, into: &filled, decoder)
      }
      checkPresence(&filled, decoder)
    case .scalar where hasShorthands:
      guard readShorthand(view, into: &filled, decoder) else { return nil }
    default:
      decoder.wrongKind(view.node, expected: shape)
      return nil
    }
    return filled
  }

  private var hasShorthands: Bool { !valueFields.isEmpty || !words.isEmpty }

  /// The map and its short forms.
  var shape: Shape {
    let short = facts.shorthands.map(\.shape)
    if short.isEmpty { return .map(facts) }
    let hasFields = facts.fields.contains(where: \.availability.isWritable)
    let all = hasFields ? short + [.map(facts)] : short
    return all.count == 1 ? short.first ?? .map(facts) : .either(all)
  }

  /// One place: every entry goes straight to its field.
  private func readMap(_ view: Layered, into filled: inout Filled<Draft>, _ decoder: PolicyDecoder) {
    for (key, value) in view.node.entries {
      guard let index = fieldIndex(key, value, of: view.node, decoder) else { continue }
      guard filled.present.insert(index) else {
        decoder.reject(value)
        continue
      }
      decoder.push(names[index], key)
      readField(index, view.part(value), into: &filled, decoder, judgeDefault: true)
      decoder.pop()
    }
  }

  /// Several places: the values of each field are collected first.
  private func readLayers(_ view: Layered, into filled: inout Filled<Draft>, _ decoder: PolicyDecoder) {
    var collected: [(key: Node, layers: [Layered.Layer])?] = Array(repeating: nil, count: readers.count)
    var chosen: [Int]?
    for layer in view.layers {
      let fields = fieldsOf(layer, decoder)
      let choices = fields.map(\.index).filter(isChoice)
      if chosen == nil, !choices.isEmpty { chosen = choices }
      for (key, value, index) in fields where !isChoice(index) || chosen?.contains(index) == true {
        let found = Layered.Layer(node: value.resolved, origin: layer.origin)
        let earlier = collected[index]
        collected[index] = (earlier?.key ?? key, (earlier?.layers ?? []) + [found])
      }
    }
    for (index, found) in collected.enumerated() {
      guard let found, let layered = Layered(found.layers), filled.present.insert(index) else { continue }
      decoder.push(names[index], found.key)
      readField(index, layered, into: &filled, decoder, judgeDefault: false)
      decoder.pop()
    }
  }

  /// Whether the field is one of several of which there is one: what a place says of it hides all of them below.
  private func isChoice(_ index: Int) -> Bool {
    if case .oneOf = facts.choice { facts.choices.contains(index) } else { false }
  }

  /// The fields that one place gives: a map's entries, or what a short form stands for.
  private func fieldsOf(_ layer: Layered.Layer, _ decoder: PolicyDecoder) -> [(key: Node, value: Node, index: Int)] {
    let node = layer.node
    if let field = layer.field { return facts.position(of: field).map { [(node, node, $0)] } ?? [] }
    guard node.kind == .mapping else {
      return isWord(node) ? [] : valueFields.map { (node, node, $0) }
    }
    var seen = FieldSet()
    return node.entries.compactMap { key, value in
      guard let index = fieldIndex(key, value, of: node, decoder) else { return nil }
      guard seen.insert(index) else {
        decoder.reject(value)
        return nil
      }
      return (key, value, index)
    }
  }

  /// Reads a field whose key is the innermost step of the decoder's path.
  private func readField(
    _ index: Int, _ layered: Layered, into filled: inout Filled<Draft>, _ decoder: PolicyDecoder, judgeDefault: Bool
  ) {
    guard isAvailable[index] || decoder.allows(facts.fields[index], value: layered) else {
      filled.isBroken = true
      return
    }
    switch readers[index](layered, decoder, &filled.draft) {
    case .wrong: filled.isBroken = true
    case .value: break
    case .standard:
      if judgeDefault { decoder.reportStandard(facts.fields[index], layered.node) }
    }
  }

  /// The field a key names. Reports a key that names none.
  private func fieldIndex(_ key: Node, _ value: Node, of map: Node, _ decoder: PolicyDecoder) -> Int? {
    if key.kind == .alias {
      let target = key.resolved
      guard target.kind != .alias else {
        decoder.unknownKey(key, value, of: map, in: facts)
        return nil
      }
      return fieldIndex(target, value, of: map, decoder)
    }
    if let index = facts.position(of: key) {
      decoder.consume(key)
      return index
    }
    decoder.unknownKey(key, value, of: map, in: facts)
    return nil
  }
}

extension Section {
  private func readShorthand(_ view: Layered, into filled: inout Filled<Draft>, _ decoder: PolicyDecoder) -> Bool {
    let node = view.node
    if decoder.isEmpty(node) {
      decoder.reject(node)
      return false
    }
    for (word, assign) in words where node.hasText(word) {
      assign(&filled.draft)
      decoder.consume(node)
      return true
    }
    guard !valueFields.isEmpty else {
      decoder.report(WordText.advice(node.text, among: words.map(\.word)), at: node)
      return false
    }
    decoder.offered = words.first?.word
    defer { decoder.offered = nil }
    for index in valueFields where filled.present.insert(index) {
      if case .wrong = readers[index](view, decoder, &filled.draft) { filled.isBroken = true }
    }
    return true
  }

  private func isWord(_ node: Node) -> Bool {
    words.contains { node.hasText($0.word) }
  }

  private func checkPresence(_ filled: inout Filled<Draft>, _ decoder: PolicyDecoder) {
    for index in mandatory where !filled.present.contains(index) {
      decoder.missing([facts.fields[index]], in: facts, at: filled.view.node)
      filled.isBroken = true
    }
    switch facts.choice {
    case .free: break
    case .anyOf(let names):
      if filled.present.count(in: facts.choices) == 0 { missingChoice(names, &filled, decoder) }
    case .oneOf(let names):
      let count = filled.present.count(in: facts.choices)
      if count == 0 {
        missingChoice(names, &filled, decoder)
      } else if count > 1 {
        decoder.tooMany(names.filter(filled.has), in: filled.view.node)
        filled.isBroken = true
      }
    }
  }

  private func missingChoice(_ names: [String], _ filled: inout Filled<Draft>, _ decoder: PolicyDecoder) {
    decoder.missing(names.compactMap(facts.field), in: facts, at: filled.view.node)
    filled.isBroken = true
  }
}
