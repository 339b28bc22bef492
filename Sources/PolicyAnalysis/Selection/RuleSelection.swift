public import PolicyLanguage

/// Which rules are reported: what was asked for on the command line.
///
/// A selector is a code (`RP402`), the beginning of one (`RP4`) or a name (`unreachable-attempts`). Where several fit a
/// rule the longer one wins, and of two equally long ones the one that ignores. Rules about text (RP0xx) are always
/// reported: a file that cannot be read was not checked at all.
public struct RuleSelection: Sendable {
  private let selected: [RuleSelector]
  private let ignored: [RuleSelector]
  /// Whether rules that nothing selects are reported.
  private let startsWithAll: Bool

  /// Every rule.
  public static let everything = RuleSelection(selected: [], ignored: [], startsWithAll: true)

  /// - Parameters:
  ///   - select: Only these; empty for all.
  ///   - extend: These too.
  ///   - ignore: These not.
  /// - Throws: ``UnknownRule`` for a text that stands for no rule.
  public init(select: [String], extend: [String] = [], ignore: [String] = []) throws(UnknownRule) {
    var selected: [RuleSelector] = []
    for text in select + extend { selected.append(try RuleSelector(text)) }
    var ignored: [RuleSelector] = []
    for text in ignore { ignored.append(try RuleSelector(text)) }
    self.init(selected: selected, ignored: ignored, startsWithAll: select.isEmpty)
  }

  private init(selected: [RuleSelector], ignored: [RuleSelector], startsWithAll: Bool) {
    self.selected = selected
    self.ignored = ignored
    self.startsWithAll = startsWithAll
  }

  public func contains(_ rule: Rule) -> Bool {
    if rule.isAboutText { return true }
    let wanted = selected.compactMap { $0.weight(for: rule) }.max() ?? (startsWithAll ? 0 : -1)
    let unwanted = ignored.compactMap { $0.weight(for: rule) }.max() ?? -1
    return wanted > unwanted
  }
}

/// A text on the command line, or in a comment, that stands for no rule.
public struct UnknownRule: Error, Sendable, Hashable {
  public let text: String
  /// The rules that may have been meant, nearest first.
  public let candidates: [String]
}

/// One or several rules by one word.
struct RuleSelector: Sendable, Hashable {
  private enum Match: Hashable {
    case code(String)
    case prefix(String)
  }

  private let match: Match

  init(_ text: String) throws(UnknownRule) {
    let upper = text.uppercased()
    if let rule = LintRules.rule(text) {
      match = .code(rule.code)
    } else if upper.hasPrefix("RP"), LintRules.all.contains(where: { $0.code.hasPrefix(upper) }) {
      match = .prefix(upper)
    } else {
      throw UnknownRule(text: text, candidates: LintRules.names(near: text))
    }
  }

  /// How closely the selector names the rule; `nil` when it does not.
  func weight(for rule: Rule) -> Int? {
    switch match {
    case .code(let code): rule.code == code ? code.utf8.count : nil
    case .prefix(let prefix): rule.code.hasPrefix(prefix) ? prefix.utf8.count : nil
    }
  }
}

extension Rule {
  /// RP0xx: what is found before there is any YAML.
  var isAboutText: Bool { code.hasPrefix("RP0") }
}
