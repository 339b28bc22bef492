/// One document, and that one a map.
struct RootCheck {
  let tree: Tree
  /// The first document's root.
  let root: Node?
  let documents: [DocumentMark]
  let blanked: BlankedEntries

  /// The root, if it is a map.
  var mapping: Node? { root?.kind == .mapping ? root : nil }

  var problems: [Problem] { [countProblem, kindProblem].compactMap { $0 } }

  private var isEmpty: Bool { root.map { $0.isPlainEmpty && $0.tag == nil } ?? true }

  private var countProblem: Problem? {
    if documents.count > 1 { return severalDocuments(documents[0], documents[1]) }
    guard isEmpty, blanked.spans.isEmpty else { return nil }
    return Problem(.documentCount, "the file holds no document", at: ByteSpan(0, 0))
  }

  private func severalDocuments(_ first: DocumentMark, _ second: DocumentMark) -> Problem {
    Problem(
      .documentCount, "a second document begins here; a file holds one", at: ByteSpan(second.start, second.end),
      related: [Related(ByteSpan(first.start, first.end), "the first document begins here")],
      notes: documents.count > 2 ? ["the file holds \(documents.count) documents"] : [],
      help: "put each document into a file of its own")
  }

  private var kindProblem: Problem? {
    guard let root, mapping == nil, !isEmpty else { return nil }
    if root.kind == .sequence {
      return Problem(
        .rootNotMapping, "the document is a list, not a map", at: ByteSpan(root.span.start, root.span.start + 1),
        help: "begin with `key: value`")
    }
    var problem = Problem(.rootNotMapping, "the document is a text, not a map", at: root.span)
    explain(&problem, root)
    return problem
  }

  /// Why what was meant as a map became a text.
  private func explain(_ problem: inout Problem, _ root: Node) {
    let bytes = tree.bytes
    guard root.style == .plain, let colon = bytes[root.span.start..<root.span.end].firstIndex(of: UInt8(ascii: ":"))
    else {
      problem.help = "begin with `key: value`"
      return
    }
    if let space = oddSpace(behind: colon) {
      problem.notes = ["\(space.name) stands behind the `:`; it looks like a space and is none"]
      problem.help = "write an ordinary space"
      problem.fix = [Edit(space.span, " ")]
    } else if colon + 1 < bytes.count, !bytes[colon + 1].isBlankOrLineEnd, bytes[colon + 1] != UInt8(ascii: "/") {
      problem.help = "write a space behind the `:`"
      problem.fix = [Edit(ByteSpan(colon + 1, colon + 1), " ")]
    }
  }

  private func oddSpace(behind colon: Int) -> (name: String, span: ByteSpan)? {
    guard colon + 1 < tree.bytes.count,
      case .scalar(let scalar, let length) = ScalarDecoder.unit(in: tree.bytes, at: colon + 1),
      case .space = CharacterHazard(scalar)
    else { return nil }
    return (scalar.codePointName, ByteSpan(colon + 1, colon + 1 + length))
  }
}
