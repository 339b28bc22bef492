import PolicyAnalysis
import PolicyLanguage

/// One thing that the program does.
struct Command: Sendable {
  let name: String
  /// How it is called, without the program's name.
  let usage: String
  /// One line.
  let summary: String
  /// The rest of its help: what its operands mean, its options. Made only when somebody reads it.
  let details: @Sendable () -> String
  let run: @Sendable ([String]) throws(UsageError) -> ExitStatus

  /// All of them; the first is meant when none is named.
  static var all: [Command] { [.check, .explain, .simulate, .rule, .rules, .show, .schema] }
}

/// Runs what the arguments ask for and answers the exit status.
func runCommandLine(_ arguments: [String]) -> ExitStatus {
  do throws(UsageError) {
    return try run(arguments)
  } catch {
    report(error)
    return .usage
  }
}

private func run(_ arguments: [String]) throws(UsageError) -> ExitStatus {
  guard let first = arguments.first else { return try Command.check.run([]) }
  switch first {
  case "--version": return printText("policy-lint \(version)\n")
  case "--help", "-h", "help":
    guard let name = arguments.dropFirst().first else { return printText(HelpText.program) }
    guard let command = Command.all.first(where: { $0.name == name }) else {
      throw UsageError("there is no command `\(name)`", help: "`policy-lint --help` lists them")
    }
    return printText(HelpText.of(command))
  default: break
  }
  guard let command = Command.all.first(where: { $0.name == first }) else {
    if asksForHelp(arguments) { return printText(HelpText.program) }
    try refuseMisspelt(first)
    return try Command.check.run(arguments)
  }
  let rest = Array(arguments.dropFirst())
  return asksForHelp(rest) ? printText(HelpText.of(command)) : try command.run(rest)
}

/// Takes a word that is nearly a command for one, unless there is a file of that name.
private func refuseMisspelt(_ word: String) throws(UsageError) {
  let nearest = NearestName(to: word, among: Command.all.map(\.name))
  guard let question = nearest.question, !fileExists(word) else { return }
  throw UsageError("there is no command and no file `\(word)`", help: question)
}

private func asksForHelp(_ arguments: [String]) -> Bool {
  arguments.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
}

/// Tells a person what is wrong with the command line.
private func report(_ error: UsageError) { complain(error.message, help: error.help) }

/// Writes what went wrong on the standard error; when that is closed there is nobody to tell.
func complain(_ message: String, help: String? = nil) {
  let advice = help.map { "\n  help: \($0.visible)" } ?? ""
  try? Output.error.write("policy-lint: \(message.visible)\(advice)\n")
}

/// Writes a command's whole output.
func printText(_ text: String, status: ExitStatus = .clean) -> ExitStatus {
  do throws(Output.Problem) {
    try Output.standard.write(text)
    return status
  } catch {
    return error.status(or: status)
  }
}

extension Output.Problem {
  /// The status after output that could not be written: as planned when its reader has gone, which is the reader's
  /// right.
  func status(or planned: ExitStatus) -> ExitStatus {
    guard case .system(let number) = self else { return planned }
    complain("the output cannot be written: \(reason(number))")
    return .incomplete
  }
}
