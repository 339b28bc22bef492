import PolicyAnalysis
import PolicyLanguage

/// What the command line of `check` asks for.
struct CheckSettings {
  enum Format: String, CaseIterable {
    case human, concise, json
  }

  /// Findings of what weight make the command fail.
  enum FailOn: String, CaseIterable {
    case error, warning, info, never

    /// The lightest severity that counts; `nil`: none does.
    var threshold: Severity? { Severity(rawValue: rawValue) }
  }

  /// A format, and the file it is written to; `nil`: the standard output.
  struct Destination {
    let format: Format
    let file: String?
  }

  var environments = CheckOptions.Environments.all
  var destinations: [Destination] = []
  var failOn = FailOn.error
  var select: [String] = []
  var extend: [String] = []
  var ignore: [String] = []
  var standardInputName: String?
  var obeysSuppressions = true
  var requiresReason = false
  var showsSuppressed = false
  var colour = ColourChoice.auto
  var maximumFindings: Int?
}

extension CheckSettings {
  static let options: [Option<CheckSettings>] = [
    Option("--environment", "NAME|all", help: "check this environment, or all of each file (default)") {
      $0.environments = $1 == "all" ? .all : .one($1)
    },
    Option("--format", "FORMAT[=FILE]", help: "human (default), concise or json; repeatable with files") {
      (settings, text) throws(UsageError) in
      settings.destinations.append(try destination(text))
    },
    Option("--fail-on", "SEVERITY", help: "exit with 1 from error (default), warning or info on, or never") {
      (settings, text) throws(UsageError) in
      settings.failOn = try choice(text, of: "--fail-on")
    },
    Option("--select", "RULES", help: "report only these: codes, beginnings of codes (RP4) or names,\nwith commas") {
      $0.select += list($1)
    },
    Option("--extend-select", "RULES", help: "report these too") { $0.extend += list($1) },
    Option("--ignore", "RULES", help: "do not report these; of two that fit a rule the longer wins") {
      $0.ignore += list($1)
    },
    Option("--stdin-filename", "PATH", help: "the name of the standard input in findings; its includes\nare next to it")
    {
      $0.standardInputName = $1
    },
    Option("--no-ignore", help: "report what comments and waivers ignore") { settings, _ in
      settings.obeysSuppressions = false
    },
    Option("--show-suppressed", help: "show what comments and waivers ignore, marked; it does not count") {
      settings, _ in
      settings.showsSuppressed = true
    },
    Option("--require-reason", help: "a comment or waiver without a reason ignores nothing") { settings, _ in
      settings.requiresReason = true
    },
    Option("--max-findings", "N", help: "write at most so many findings; all count") {
      (settings, text) throws(UsageError) in
      guard let count = Int(text), count >= 0 else { throw UsageError("`\(text)` is not a number of findings") }
      settings.maximumFindings = count
    },
    Option("--color", "WHEN", help: "auto (default; see NO_COLOR, FORCE_COLOR, TERM), always, never") {
      (settings, text) throws(UsageError) in
      settings.colour = try choice(text, of: "--color")
    },
  ]

  private static func destination(_ text: String) throws(UsageError) -> Destination {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let format: Format = try choice(parts[0], of: "--format")
    guard parts.count > 1 else { return Destination(format: format, file: nil) }
    guard !parts[1].isEmpty else { throw UsageError("`--format \(text)` names no file behind `=`") }
    return Destination(format: format, file: parts[1])
  }

  private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }

  /// The settings as a check takes them.
  func checkOptions(today: CalendarDate) throws(UsageError) -> CheckOptions {
    var options = CheckOptions(today: today)
    options.environments = environments
    options.obeysSuppressions = obeysSuppressions
    options.requiresReason = requiresReason
    if let standardInputName { options.standardInputName = standardInputName }
    do throws(UnknownRule) {
      options.selection = try RuleSelection(select: select, extend: extend, ignore: ignore)
    } catch {
      throw UsageError("there is no rule `\(error.text)`", help: error.question)
    }
    return options
  }
}

extension UnknownRule {
  /// What may have been meant, or where to look.
  var question: String {
    let near = candidates.map { "`\($0)`" }.joined(separator: " or ")
    return near.isEmpty ? "`policy-lint rules` lists them" : "did you mean \(near)?"
  }
}
