import PolicyAnalysis
import PolicyLanguage

extension Command {
  static let rule = Command(
    name: "rule", usage: "rule CODE", summary: "Explains a rule: why it is there, what fires it, what does not.",
    details: { "CODE is a code such as RP402 or a name such as unreachable-attempts.\n" },
    run: { arguments throws(UsageError) in
      let operands = try operands(arguments, ["CODE"], of: "rule")
      guard let rule = LintRules.rule(operands[0]) else {
        let unknown = LintRules.unknown(operands[0])
        throw UsageError("there is no rule `\(unknown.text)`", help: unknown.question)
      }
      return printText(rule.page)
    })

  static let rules = Command(
    name: "rules", usage: "rules [--format human|json]", summary: "Lists every rule.",
    details: { HelpText.options(RulesSettings.options) },
    run: { arguments throws(UsageError) in
      var settings = RulesSettings()
      let operands = try parse(arguments, RulesSettings.options, into: &settings)
      guard operands.isEmpty else { throw UsageError("`rules` takes no operand; `rule CODE` explains one") }
      switch settings.format {
      case .human: return printText(LintRules.all.map(\.row).joined())
      case .json: return printText(LintRules.json)
      }
    })
}

private struct RulesSettings {
  enum Format: String, CaseIterable {
    case human, json
  }

  var format = Format.human

  static let options: [Option<RulesSettings>] = [
    Option("--format", "FORMAT", help: "human (default) or json") { (settings, text) throws(UsageError) in
      settings.format = try choice(text, of: "--format")
    }
  ]
}

/// The operands of a command without options, as many as it has names for them.
func operands(_ arguments: [String], _ names: [String], of command: String) throws(UsageError) -> [String] {
  var nothing: Void = ()
  let operands = try parse(arguments, [], into: &nothing)
  guard operands.count == names.count else {
    let wanted = names.isEmpty ? "no operand" : names.joined(separator: " ")
    throw UsageError("`\(command)` takes \(wanted)", help: "`policy-lint \(command) --help` says more")
  }
  return operands
}

extension Rule {
  /// Everything there is to say of it.
  fileprivate var page: String {
    var text = "\(code) \(name) (\(severity.rawValue))\n\n\(summary)\n\n\(why.wrapped(at: 80))\n"
    if let bad { text += "\nThis fires it\(bad.line.map { " at line \($0)" } ?? ""):\n\n\(bad.text.visibleLines)\n" }
    text += "\nThis does not:\n\n\(good.text.visibleLines)\n"
    return text
  }

  fileprivate var row: String {
    let weight = severity.rawValue
    let gap = String(repeating: " ", count: max(1, 8 - weight.count))
    let space = String(repeating: " ", count: max(1, 26 - name.count))
    return "\(code)  \(weight)\(gap)\(name)\(space)\(summary)\n"
  }
}

extension String {
  /// The lines indented, invisible characters written out.
  fileprivate var visibleLines: String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0.isEmpty ? "" : "    " + String($0).visible }.joined(separator: "\n")
  }

  fileprivate func wrapped(at width: Int) -> String {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, last.count + word.count < width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n")
  }
}
