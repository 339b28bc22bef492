import LocatedYAML

/// The document in `text`, under the name `test.yaml`.
func load(_ text: String, limits: LoadLimits = .standard) -> LocatedDocument {
  load(Array(text.utf8), limits: limits)
}

/// The document in `bytes`, under the name `test.yaml`.
func load(_ bytes: [UInt8], limits: LoadLimits = .standard) -> LocatedDocument {
  loadYAML(SourceText(path: "test.yaml", bytes: bytes), limits: limits)
}

/// What kinds of problems `text` has, in file order.
func kinds(_ text: String) -> [Problem.Kind] { load(text).problems.map(\.kind) }

extension LocatedDocument {
  /// Line, column and text of a span, such as `2:5 max`.
  func place(_ span: ByteSpan) -> String {
    let position = source.position(of: span.start)
    return "\(position.line):\(position.column) \(source.text(span))"
  }

  /// The places of the problems of one kind.
  func places(_ kind: Problem.Kind) -> [String] {
    problems.filter { $0.kind == kind }.map { place($0.span) }
  }

  /// The file's text after a fix.
  func applying(_ fix: [Edit]) -> String {
    var bytes = source.bytes
    for edit in fix.sorted(by: { ($0.span.start, $0.span.end) > ($1.span.start, $1.span.end) }) {
      bytes.replaceSubrange(edit.span.start..<edit.span.end, with: Array(edit.replacement.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
