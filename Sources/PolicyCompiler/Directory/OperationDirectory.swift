internal import PolicyLanguage

/// Finds the entry of an operation by its name: the equal one, else the most specific pattern.
///
/// Names are compared segment by segment from the left; a literal beats `*`, and `*` beats `**`.
struct OperationDirectory: Sendable {
  private let positions: OperationPositions
  private var patterns = PatternTree()

  init(_ document: PolicyDocument) {
    positions = document.operationPositions
    for (pattern, position) in positions.patterns where !pattern.isExact { patterns.insert(pattern, position) }
  }

  /// The position of the operation's entry. O(1) for an exact name, else O(patterns that share its beginning).
  func index(of name: String) -> Int? {
    positions.position(of: name) ?? patterns.index(of: name)
  }
}

/// Patterns by their segments, so that all that share a beginning are walked once.
private struct PatternTree: Sendable {
  private struct Branch: Sendable {
    var literals: [String: Int] = [:]
    var any: Int?
    /// The entry whose pattern ends here, and the one that ends here in `**`.
    var end: Int?
    var rest: Int?
  }

  private var branches = [Branch()]

  mutating func insert(_ pattern: OperationPattern, _ index: Int) {
    var branch = 0
    for segment in pattern.segments {
      switch segment {
      case .literal(let text): branch = child(of: branch, \.literals[text])
      case .any: branch = child(of: branch, \.any)
      case .rest:
        branches[branch].rest = index
        return
      }
    }
    branches[branch].end = index
  }

  func index(of name: String) -> Int? {
    guard branches.count > 1 || branches[0].rest != nil else { return nil }
    let segments = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    return search(0, segments[...])
  }

  private func search(_ index: Int, _ segments: ArraySlice<String>) -> Int? {
    let branch = branches[index]
    guard let first = segments.first else { return branch.end ?? branch.rest }
    let rest = segments.dropFirst()
    if let next = branch.literals[first], let found = search(next, rest) { return found }
    if let next = branch.any, let found = search(next, rest) { return found }
    return branch.rest
  }

  private mutating func child(of branch: Int, _ slot: WritableKeyPath<Branch, Int?>) -> Int {
    if let known = branches[branch][keyPath: slot] { return known }
    branches[branch][keyPath: slot] = branches.count
    branches.append(Branch())
    return branches.count - 1
  }
}
