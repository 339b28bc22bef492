import PolicyLanguage

/// The policies that a waiver is about: `operations/reports.**`, `pipelines/read`, or one field of one, as
/// `pipelines.read/retry.attempts`.
struct PolicyScope: Hashable {
  private let section: Substring
  private let name: Substring
  /// The policy's own name or a pattern of names; `nil` for a text that is neither.
  private let pattern: OperationPattern?

  /// The section and the rest stand before and behind the first `/` or point.
  init(_ text: String) {
    let separator = text.firstIndex { $0 == "/" || $0 == "." } ?? text.endIndex
    section = text[..<separator]
    name = separator == text.endIndex ? "" : text[text.index(after: separator)...]
    pattern = OperationPattern(String(name))
  }

  /// Whether the finding is in such a policy, or concerns operations that are all among them.
  func covers(_ finding: Finding) -> Bool {
    if contains(finding.diagnostic.path) { return true }
    guard section == "operations", let pattern, !finding.operations.isEmpty else { return false }
    return finding.operations.allSatisfy { pattern.matches($0) || $0 == name }
  }

  private func contains(_ path: String) -> Bool {
    guard path.hasPrefix(section), let separator = path[section.endIndex...].first, separator == "." else {
      return false
    }
    let rest = path.dropFirst(section.count + 1)
    let element = rest.prefix { $0 != "/" }
    if element == name || rest == name || rest.hasPrefix(name + ".") && name.contains("/") { return true }
    return pattern?.matches(String(element)) ?? false
  }
}
