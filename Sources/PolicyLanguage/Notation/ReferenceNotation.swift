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
        guard layered.node.hasText("none") else { return decoder.reference(layered.node, to: section)?.name }
        decoder.consume(layered.node)
        return .some(nil)
      },
      show: { $0 ?? "none" }, same: { $0 == $1 })
  }
}
