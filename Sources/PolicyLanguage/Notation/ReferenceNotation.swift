internal import LocatedYAML

extension Notation<String> {
  /// The name of an element of a section; reported when there is none.
  static func reference(to section: SectionName) -> Notation {
    Notation(.reference(section)) { layered, decoder in
      decoder.reference(layered.node, to: section)?.name
    }
  }
}

extension Notation<String?> {
  /// The same, or `none`.
  static func referenceOrNone(to section: SectionName) -> Notation {
    Notation(
      .either([.reference(section), .words([Word("none", "nothing")])]),
      read: { layered, decoder in
        guard layered.node.hasText("none") else {
          return decoder.referenceOrMagic(layered.node, to: section).map(Optional.some)
        }
        decoder.consume(layered.node)
        return .some(nil)
      },
      show: { $0 ?? "none" }, same: { $0 == $1 })
  }
}

extension PolicyDecoder {
  /// The name of an element; a word that stands for nothing elsewhere is told to be `none` here.
  fileprivate func referenceOrMagic(_ node: Node, to section: SectionName) -> String? {
    if node.kind == .scalar, catalogue.entry(node.text, in: section) == nil, let magic = MagicValue.advice(node.text) {
      report(magic.offering("none"), at: node)
      return nil
    }
    return reference(node, to: section)?.name
  }
}
