/// The way from bytes to a located document, in the order in which each step can rely on the one before.
package struct Loading {
  private let source: SourceText
  private let limits: LoadLimits
  private var problems: [Problem] = []
  /// How many parser events loading took: the work done.
  package private(set) var eventCount = 0

  package init(_ source: SourceText, limits: LoadLimits) {
    self.source = source
    self.limits = limits
  }

  package mutating func run() -> LocatedDocument {
    guard source.bytes.count <= limits.bytes else {
      return document([
        .limit("the file has \(source.bytes.count) bytes, the most that is read is \(limits.bytes)", at: ByteSpan(0, 0))
      ])
    }
    if let encoding = ForeignEncoding.name(of: source.bytes) {
      return document([ForeignEncoding.problem(encoding, source.bytes)])
    }
    let scan = CharacterScan(source.bytes)
    problems += characterProblems(scan)
    if scan.hasCarriageReturn, let mixed = LineEndCheck.problem(in: source.bytes) { problems.append(mixed) }
    return read(scan)
  }

  private mutating func read(_ scan: CharacterScan) -> LocatedDocument {
    var reader = RecoveringReader(
      WorkingText(source, readable: scan.readable), isASCII: scan.isASCII, limits: limits)
    let builder = reader.read()
    eventCount = reader.eventCount
    problems += reader.problems
    let blanked = BlankedEntries(
      reader.text.blanked.sorted { $0.start < $1.start }, of: source, bytes: reader.text.bytes)
    guard let builder else { return document(problems, blanked: blanked.spans) }
    problems += builder.problems
    let tree = builder.arena.tree(source, bytes: reader.text.bytes)
    let checks = TreeChecks(
      tree: tree, root: builder.documents.first.map { tree.node($0.root) }, documents: builder.documents,
      anchors: builder.finishedAnchors,
      blanked: blanked)
    let findings = checks.run(hashes: scan.hashes, oddSpaces: scan.oddSpaces)
    return document(
      problems + findings.problems, root: findings.root, comments: findings.comments, blanked: blanked.spans)
  }

  private func characterProblems(_ scan: CharacterScan) -> [Problem] {
    var problems = scan.faults.map { $0.problem(in: source.bytes) }
    let more = scan.faultCount - scan.faults.count
    if more > 0, let last = problems.indices.last {
      problems[last].notes.append("and \(more) more characters and bytes like these")
    }
    return problems
  }

  private func document(
    _ problems: [Problem], root: Node? = nil, comments: [ByteSpan] = [], blanked: [ByteSpan] = []
  ) -> LocatedDocument {
    LocatedDocument(
      source: source, root: root, commentSpans: comments,
      problems: problems.map(clamped).sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) },
      blankedSpans: blanked)
  }

  /// A problem at the very end of a file points behind its last byte at most.
  private func clamped(_ problem: Problem) -> Problem {
    var problem = problem
    problem.span = problem.span.clamped(to: source.bytes.count)
    return problem
  }
}
