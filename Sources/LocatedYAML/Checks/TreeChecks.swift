/// What a tree of sound syntax can still have wrong as YAML.
struct TreeChecks {
  let tree: Tree
  /// The first document's root.
  let root: Node?
  let documents: [DocumentMark]
  let anchors: [AnchorTable]
  let blanked: BlankedEntries

  /// What the checks say, and what they had to find out for it.
  struct Findings {
    /// The root, if it is a map.
    var root: Node?
    var comments: [ByteSpan] = []
    var problems: [Problem] = []
  }

  /// Runs all checks. `hashes` and `oddSpaces` are what was seen before parsing.
  func run(hashes: [Int], oddSpaces: [CharacterFault]) -> Findings {
    let rootCheck = RootCheck(tree: tree, root: root, documents: documents, blanked: blanked)
    var findings = Findings(root: rootCheck.mapping, problems: rootCheck.problems)
    findings.problems += anchors.flatMap { AnchorCheck(anchors: $0, blanked: blanked).problems }
    findings.problems += TagCheck.problems(in: tree)
    var mappings = MappingCheck(tree, root: rootCheck.mapping, blanked: blanked)
    mappings.run()
    findings.problems += mappings.problems
    let finder = CommentFinder(tree, blanked: blanked.spans)
    let comments = finder.find(hashes)
    findings.comments = comments.comments
    findings.problems += comments.problems
    // A text for a root says itself what its odd spaces broke.
    if root == nil || rootCheck.mapping != nil { findings.problems += OddSpaceCheck.problems(oddSpaces, in: tree) }
    return findings
  }
}
