import PolicyLanguage

/// What a comment asks the linter to ignore: `# policy-lint: ignore[RP404] until=2027-03-31 -- nightly batch`.
struct IgnoreDirective: Hashable {
  /// The rules by code, in the order written.
  let codes: [String]
  /// Words in the brackets that are no rule, with the rules that may have been meant.
  let unknown: [UnknownRule]
  let until: CalendarDate?
  let reason: String?

  /// Why a comment that speaks to the linter is not understood.
  struct Misunderstanding: Error, Hashable {
    let message: String
    let help: String
  }

  private static let form = "write `# policy-lint: ignore[RP404] until=2027-03-31 -- why`"

  /// What a comment says to the linter; `nil` for one that says nothing to it.
  ///
  /// - Throws: ``Misunderstanding`` for a comment that speaks to the linter in no known form: it must not look as if it
  ///   worked.
  static func parse(_ comment: String) throws(Misunderstanding) -> IgnoreDirective? {
    let text = trimmed(comment.drop { $0 == "#" })
    let keyword = "policy-lint:"
    guard text.lowercased().hasPrefix(keyword) else {
      guard !text.lowercased().hasPrefix("policy-lint ignore") else {
        throw Misunderstanding(message: "a colon is missing after `policy-lint`", help: form)
      }
      return nil
    }
    let rest = trimmed(text.dropFirst(keyword.count))
    guard rest.hasPrefix("ignore") else {
      throw Misunderstanding(message: "`\(firstWord(of: rest))` is nothing that a comment can ask for", help: form)
    }
    let brackets = rest.dropFirst("ignore".count)
    guard brackets.hasPrefix("["), let close = brackets.firstIndex(of: "]") else {
      throw Misunderstanding(
        message: "the rules to ignore are missing: they stand in brackets behind `ignore`", help: form)
    }
    let names = brackets[brackets.index(after: brackets.startIndex)..<close]
    return try parse(names: names, options: brackets[brackets.index(after: close)...])
  }

  private static func parse(names: Substring, options: Substring) throws(Misunderstanding) -> IgnoreDirective {
    let words = names.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
    guard words.allSatisfy({ !$0.isEmpty }) else {
      throw Misunderstanding(message: "a rule is missing between the brackets", help: form)
    }
    var (settings, reason) = (trimmed(options), String?.none)
    if let dashes = settings.firstRange(of: "--") {
      let text = trimmed(settings[dashes.upperBound...])
      reason = text.isEmpty ? nil : String(text)
      settings = trimmed(settings[..<dashes.lowerBound])
    }
    var codes: [String] = []
    var unknown: [UnknownRule] = []
    for word in words {
      if let rule = LintRules.rule(String(word)) {
        codes.append(rule.code)
      } else {
        unknown.append(UnknownRule(text: String(word), candidates: LintRules.names(near: String(word))))
      }
    }
    return IgnoreDirective(codes: codes, unknown: unknown, until: try day(settings), reason: reason)
  }

  private static func day(_ settings: Substring) throws(Misunderstanding) -> CalendarDate? {
    guard !settings.isEmpty else { return nil }
    guard settings.hasPrefix("until=") else {
      throw Misunderstanding(
        message: "`\(firstWord(of: settings))` is not understood; a reason stands behind `--`", help: form)
    }
    let text = settings.dropFirst("until=".count)
    guard let day = CalendarDate(text) else {
      throw Misunderstanding(message: "`\(text)` is not a day", help: "write the day as `2027-03-31`")
    }
    return day
  }

  private static func firstWord(of text: Substring) -> Substring { text.prefix { $0 != " " && $0 != "[" } }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
