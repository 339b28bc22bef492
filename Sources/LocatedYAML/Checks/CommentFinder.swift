/// Finds the comments, which the parser drops, among the places where a `#` is written.
struct CommentFinder {
  private let source: SourceText
  private let bytes: [UInt8]
  private let tree: Tree
  private let blanked: [ByteSpan]

  init(_ tree: Tree, blanked: [ByteSpan]) {
    source = tree.source
    bytes = tree.bytes
    self.tree = tree
    self.blanked = blanked
  }

  /// The comments that begin at one of `hashes`, which are in file order, and what is wrong with how they begin.
  func find(_ hashes: [Int]) -> (comments: [ByteSpan], problems: [Problem]) {
    var comments: [ByteSpan] = []
    comments.reserveCapacity(hashes.count)
    var problems: [Problem] = []
    var places = PlaceFinder(tree)
    var end = 0
    for hash in hashes where hash >= end && !blanked.contains(where: { $0.contains(hash) }) {
      if let scalar = places.scalar(at: hash), !isHeader(hash, of: scalar) {
        if let problem = hashInText(hash, scalar) { problems.append(problem) }
        end = max(end, scalar.style == .plain ? Int(scalar.end) : hash)
        continue
      }
      let comment = comment(at: hash)
      comments.append(comment)
      end = comment.end
      if hash > 0, !bytes[hash - 1].isBlankOrLineEnd, !isBehindByteOrderMark(hash) {
        problems.append(missingBlank(hash, "nothing separates this comment from the text before it"))
      }
    }
    return (comments, problems)
  }

  private func comment(at hash: Int) -> ByteSpan {
    var end = hash
    while end < bytes.count, !bytes[end].isLineEnd { end += 1 }
    return ByteSpan(hash, end)
  }

  private func isBehindByteOrderMark(_ offset: Int) -> Bool { offset == 3 && source.contentStart == 3 }

  /// Whether `hash` stands on the line of a block scalar's `|` or `>`, which is no part of its text.
  private func isHeader(_ hash: Int, of scalar: NodeRecord) -> Bool {
    guard scalar.style == .literal || scalar.style == .folded else { return false }
    return !bytes[Int(scalar.start)..<hash].contains(where: \.isLineEnd)
  }

  /// `5s#note`: a text for YAML, a comment for its author. Only what begins like a number is taken for one; a `#` is
  /// common in links and colours.
  private func hashInText(_ hash: Int, _ scalar: NodeRecord) -> Problem? {
    guard scalar.style == .plain, bytes[Int(scalar.start)].isDigit else { return nil }
    return missingBlank(hash, "this `#` is part of the value; a comment needs a space before it")
  }

  private func missingBlank(_ hash: Int, _ message: String) -> Problem {
    Problem(
      .commentWithoutSpace, message, at: ByteSpan(hash, hash + 1), help: "write a space before the `#`",
      fix: [Edit(ByteSpan(hash, hash), " ")])
  }
}
