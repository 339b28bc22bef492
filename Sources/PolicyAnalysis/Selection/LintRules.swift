public import PolicyLanguage

/// Every rule that the linter knows.
public enum LintRules {
  /// By code: the language's rules, those of analysis, and those about suppressions.
  public static let all: [Rule] =
    (RuleCatalog.languageRules + AnalysisRule.all.map(\.rule) + SuppressionRule.all).sorted { $0.code < $1.code }

  /// The rule with this code or name; `nil` when there is none.
  public static func rule(_ text: String) -> Rule? {
    let code = text.uppercased()
    return all.first { $0.code == code || $0.name == text.lowercased() }
  }

  /// Codes and names like `text`, nearest first.
  static func names(near text: String) -> [String] {
    let isCode = text.uppercased().hasPrefix("RP")
    return isCode
      ? NearestName(to: text.uppercased(), among: all.map(\.code)).candidates
      : NearestName(to: text, among: all.map(\.name)).candidates
  }
}
