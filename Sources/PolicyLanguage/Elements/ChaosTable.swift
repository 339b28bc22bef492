internal import LocatedYAML
internal import ResilienceCore

/// Chaos while it is read.
struct ChaosDraft: Sendable {
  var fail: String?
  var delay: Duration?
  var value: Node?
  var settings = ChaosSettings(rate: .zero)
}

enum ChaosTable {
  static let chaos = Section(
    "fault injection", "Makes a share of calls fail, wait or get a value; does nothing unless the engine allows it.",
    ChaosDraft(), choice: .oneOf(["fail", "delay", "value"])
  ) {
    Field("fail", .injectedClass, to: \.fail, "the class of the failure", example: "transient")
    Field("delay", .duration, to: \.delay, "how long calls wait before they go on", example: "200ms")
    Field("value", .anything, to: \.value, "what calls get", example: "{items: []}")
    Field("rate", .ratio, to: \.settings.rate, mandatory: true, "the share of calls", example: "1%")
    Field(
      "seed", .seed, to: \.settings.seed, default: "the engine's own chance",
      "makes the choice the same each time the file is loaded", example: "7")
    Field(
      "when", .labelCondition, to: \.settings.when, default: "all calls",
      "the label that a call must carry, or the label and what it must say", example: "tenant=test")
  }
}

extension Notation<ChaosDefinition> {
  static var chaos: Notation {
    .map(ChaosTable.chaos) { filled, _ in
      let draft = filled.draft
      let effect: ChaosDefinition.Effect? =
        draft.fail.map { .failure(class: $0) } ?? draft.delay.map { .delay($0) } ?? draft.value.map { .value($0) }
      return effect.map { ChaosDefinition(effect: $0, settings: draft.settings) }
    }
  }
}

extension Notation<LayerElement> {
  /// A layer of chaos, which is always written in its pipeline: nobody should share it by name.
  static var chaos: Notation {
    let one = Notation<ChaosDefinition>.chaos
    return Notation(one.shape) { layered, decoder in
      guard let value = one.read(layered, decoder) else { return nil }
      let place = decoder.path.key.map { Location($0) } ?? Location(layered.node)
      let definition = Definition(
        decoder.layerOwner.nextName(.chaos), at: place, Said(value), Origins(layered))
      return LayerElement(element: .chaos(definition), shared: false)
    }
  }
}

extension Notation<String> {
  /// The name of an error class that a callee's failure can have.
  static var injectedClass: Notation {
    let shape = TextShape("error class", examples: ["timeout", "other"], pattern: nil)
    return Notation(.text(shape)) { layered, decoder in
      let node = layered.node
      guard let found = decoder.errorClass(node, orAll: false) else { return nil }
      guard found.isDisjoint(with: [.rejected, .cancelled]) else {
        decoder.report(
          Advice(
            .outOfRange, "`\(node.text)` is no failure of a callee: only layers and callers make it",
            help: "name a class of `errors`, `timeout` or `other`"), at: node)
        return nil
      }
      return node.text
    }
  }
}

extension TextNotation<UInt64> {
  /// A number that chance begins from.
  static var seed: TextNotation {
    TextNotation<Int>.count.map {
      UInt64(clamping: $0)
    } back: {
      Int(clamping: $0)
    }
  }
}

extension TextNotation<ChaosSettings.Condition> {
  /// `label`, or `label=value`.
  static var labelCondition: TextNotation {
    TextNotation(
      .text(TextShape("label condition", examples: ["canary", "tenant=test"], pattern: "^[^=]+(=.+)?$")),
      parse: { text throws(Advice) in
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let label = parts.first, !label.isEmpty, parts.count == 1 || parts.last?.isEmpty == false else {
          throw Advice(
            .wrongType, "`\(text)` is not a label condition", help: "write `canary` or `tenant=test`")
        }
        return ChaosSettings.Condition(
          label: String(label), value: parts.count == 2 ? parts.last.map { String($0) } : nil)
      },
      show: { condition in condition.value.map { "\(condition.label)=\($0)" } ?? condition.label })
  }
}
