/// Reads `source` as one YAML document that is a map, and finds everything wrong with it on the way.
///
/// Whatever the bytes are, loading ends and never traps; time and memory are linear in the file's size.
public func loadYAML(_ source: SourceText, limits: LoadLimits = .standard) -> LocatedDocument {
  var builder = TreeBuilder(bytes: source.bytes, limits: limits)
  let end = EventReader.withEvents(of: source.bytes, isASCII: source.bytes.allSatisfy { $0 < 0x80 }) {
    builder.build(from: &$0)
  }
  var problems = builder.problems
  if case .failure(let failure) = end {
    problems.append(Problem(.syntax, failure.problem, at: ByteSpan(failure.offset, failure.offset)))
  }
  let tree = builder.arena.tree(source, bytes: source.bytes)
  var root = builder.root.map(tree.node)
  if case .wholeFile = end {} else { root = nil }
  if let found = root, found.kind != .mapping {
    problems.append(Problem(.rootNotMapping, "the document is no map", at: found.span))
    root = nil
  }
  problems += duplicateKeys(in: tree)
  problems.sort { $0.span.start < $1.span.start }
  return LocatedDocument(source: source, root: root, comments: [], problems: problems, blankedSpans: [])
}

private func duplicateKeys(in tree: Tree) -> [Problem] {
  var found: [Problem] = []
  for (index, record) in tree.records.enumerated() where record.kind == .mapping {
    var first: [String: Node] = [:]
    for (key, _) in tree.node(UInt32(index)).entries {
      let text = key.resolved.text
      if let earlier = first[text] {
        found.append(
          Problem(
            .duplicateKey, "the key `\(text)` is already in this map", at: key.span,
            related: [Related(earlier.span, "`\(text)` is first here")]))
      } else {
        first[text] = key
      }
    }
  }
  return found
}
