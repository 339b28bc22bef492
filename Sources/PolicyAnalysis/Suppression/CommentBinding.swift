import LocatedYAML

/// Finds the part of a document that a comment is about.
struct CommentBinding {
  private let document: LocatedDocument
  private let source: SourceText

  init(_ document: LocatedDocument) {
    self.document = document
    source = document.source
  }

  /// The bytes of the largest entries or list items that begin on the comment's line or, for a comment on a line of its
  /// own, on the line below it; further comments may stand between. Empty when nothing begins there.
  func spans(for comment: Comment) -> [ByteSpan] {
    let line = source.position(of: comment.span.start).line
    guard let root = document.root else { return [] }
    var spans: [ByteSpan] = []
    collect(root, beginningOn: comment.ownLine ? lineBelow(line) : line, into: &spans)
    return spans
  }

  private func lineBelow(_ line: Int) -> Int {
    let comments = Set(document.comments.filter(\.ownLine).map { source.position(of: $0.span.start).line })
    var below = line + 1
    while comments.contains(below) { below += 1 }
    return below
  }

  private func collect(_ node: Node, beginningOn line: Int, into spans: inout [ByteSpan]) {
    for (key, value) in node.entries {
      visit(ByteSpan(key.span.start, max(key.span.end, value.span.end)), value, line, &spans)
    }
    for item in node.items { visit(item.span, item, line, &spans) }
  }

  private func visit(_ span: ByteSpan, _ value: Node, _ line: Int, _ spans: inout [ByteSpan]) {
    let first = source.position(of: span.start).line
    guard first != line else {
      spans.append(span)
      return
    }
    guard first < line, source.position(of: span.end).line >= line else { return }
    collect(value, beginningOn: line, into: &spans)
  }
}
