/// Anchors and aliases that do not fit together.
struct AnchorCheck {
  let anchors: AnchorTable
  let blanked: BlankedEntries

  var problems: [Problem] {
    anchors.undefined.compactMap(undefined) + anchors.cyclic.map(cyclic) + anchors.redefined.map(redefined)
      + anchors.unused.compactMap(unused)
  }

  private func undefined(_ name: String, at span: ByteSpan) -> Problem? {
    if blanked.mention("&\(name)") { return nil }
    var problem = Problem(.undefinedAlias, "no anchor `&\(name)` stands before `*\(name)`", at: span)
    if let later = anchors.all.first(where: { $0.name == name }) {
      problem.related = [Related(later.span, "`&\(name)` is defined here, behind the alias")]
      problem.help = "move the definition up: an alias means an anchor before it"
    } else if let near = nearest(to: name) {
      problem.related = [Related(near.span, "the nearest anchor")]
      problem.help = "did you mean `*\(near.name)`?"
      problem.fix = [Edit(span, "*\(near.name)")]
    } else {
      problem.help = "quote it if a text that begins with `*` is meant"
    }
    return problem
  }

  /// In a file with very many anchors nobody looks for a slip, and comparing all names would take long.
  private func nearest(to name: String) -> AnchorTable.Anchor? {
    guard anchors.all.count * anchors.undefined.count <= 10_000 else { return nil }
    guard let near = nearestName(to: name, among: anchors.all.map(\.name)) else { return nil }
    return anchors.all.first { $0.name == near }
  }

  private func cyclic(_ conflict: AnchorTable.Conflict) -> Problem {
    Problem(
      .aliasCycle, "`*\(conflict.name)` stands inside the very value it means", at: conflict.span,
      related: [Related(conflict.anchor, "the value of `&\(conflict.name)` begins here")])
  }

  private func redefined(_ conflict: AnchorTable.Conflict) -> Problem {
    Problem(
      .anchorRedefined, "the anchor `&\(conflict.name)` exists already", at: conflict.span,
      related: [Related(conflict.anchor, "`&\(conflict.name)` is also defined here")],
      notes: ["an alias means the last anchor of its name before it"], help: "give one of them another name")
  }

  private func unused(_ anchor: AnchorTable.Anchor) -> Problem? {
    if blanked.mention("*\(anchor.name)") { return nil }
    return Problem(
      .anchorUnused, "no alias names the anchor `&\(anchor.name)`", at: anchor.span,
      help: "remove it, or write `*\(anchor.name)` where its value is meant")
  }
}
