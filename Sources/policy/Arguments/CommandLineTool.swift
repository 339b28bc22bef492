/// The command line, from its words to the exit status.
enum CommandLineTool {
  static func main(_ words: [String]) -> Int32 {
    switch words.first {
    case "run":
      if words.prefix(while: { $0 != "--" }).contains("--help") { return help() }
      return run(Array(words.dropFirst()))
    case "--help", "help": return help()
    case let word?: return refuse("unknown command `\(word)`")
    case nil: return refuse("what shall be done?")
    }
  }

  private static func help() -> Int32 { OutputFile.standardOutput.write(Usage.run) ? 0 : ExitStatus.inputOutput }

  private static func refuse(_ reason: String) -> Int32 {
    let output = StandardError()
    output.say(reason, .failure)
    output.write(Usage.short)
    return ExitStatus.usage
  }

  private static func run(_ words: [String]) -> Int32 {
    let arguments: RunArguments
    do { arguments = try RunArguments.parse(words) } catch { return refuse(error.message) }
    let warden = Warden(signals: Signals.take(), grace: arguments.grace)
    let call = PolicyRun(arguments, warden: warden, output: StandardError())
    let task = Task { warden.finish(await call.run()) }
    return warden.watch { signal in
      call.interrupted(by: signal)
      task.cancel()
    }
  }
}
