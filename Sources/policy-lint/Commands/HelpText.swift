/// What `--help` prints.
enum HelpText {
  static var program: String {
    let commands = Command.all.dropFirst().map { columns($0.usage, $0.summary, width: 28) }.joined()
    return """
      policy-lint proves a policy file before it ships: what it says, and what it does.

      usage: policy-lint \(Command.check.usage)

      \(Command.check.details())
      other commands, each with --help:
      \(commands)  --version                   the version of this program

      exit status:
        0  nothing at or above --fail-on
        1  findings
        2  the command line, or an environment or rule it names, makes no sense
        3  incomplete: a file is missing or unreadable, a pattern matches nothing, a limit was reached

      """
  }

  static func of(_ command: Command) -> String {
    let text = """
      usage: policy-lint \(command.usage)

      \(command.summary)
      """
    return ([text] + (command.details().isEmpty ? [] : [command.details()])).joined(separator: "\n\n").endingLine
  }

  /// A list of options with what they do.
  static func options<Settings>(_ options: [Option<Settings>]) -> String {
    guard !options.isEmpty else { return "" }
    return "options:\n"
      + options.map { columns($0.name + ($0.placeholder.map { " \($0)" } ?? ""), $0.help, width: 28) }.joined()
  }

  /// Two columns; a first one that is too wide has a line of its own.
  private static func columns(_ left: String, _ right: String, width: Int) -> String {
    let rows = right.split(separator: "\n", omittingEmptySubsequences: false)
    let indent = "\n" + String(repeating: " ", count: width + 2)
    let gap = left.count < width ? String(repeating: " ", count: width - left.count) : indent
    return "  " + left + gap + rows.joined(separator: indent) + "\n"
  }
}

extension String {
  /// The text with one line end behind its last line.
  fileprivate var endingLine: String {
    var text = self
    while text.hasSuffix("\n") { text.removeLast() }
    return text + "\n"
  }
}
