import PolicyLanguage

extension LintRules {
  /// Every rule with what is said of it, as one JSON array with a rule on each line.
  public static var json: String {
    let rules = all.map { rule in
      JSONValue.object([
        ("code", .string(rule.code)),
        ("name", .string(rule.name)),
        ("severity", .string(rule.severity.rawValue)),
        ("summary", .string(rule.summary)),
        ("why", .string(rule.why)),
        ("bad", .optional(rule.bad?.text)),
        ("good", .string(rule.good.text)),
      ])
    }
    return JSONValue.array(rules).text(breaks: 1) + "\n"
  }

  /// What to say of a text that stands for no rule.
  public static func unknown(_ text: String) -> UnknownRule { UnknownRule(text: text, candidates: names(near: text)) }
}
