import PolicyAnalysis
import PolicyLanguage

extension Command {
  static let check = Command(
    name: "check", usage: "[check] [PATH|GLOB|-]...", summary: "Checks policy files.",
    details: {
      """
      Without a path ./policies/**/*.yaml and ./policies.yaml are checked; a folder is every
      .yaml and .yml file in it; - is the standard input.

      \(HelpText.options(CheckSettings.options))
      """
    },
    run: { arguments throws(UsageError) in
      var settings = CheckSettings()
      let paths = try parse(arguments, CheckSettings.options, into: &settings)
      guard settings.destinations.count(where: { $0.file == nil }) <= 1 else {
        throw UsageError("two formats go to the standard output", help: "give one a file: `--format json=FILE`")
      }
      if settings.destinations.isEmpty {
        settings.destinations = [CheckSettings.Destination(format: .human, file: nil)]
      }
      guard let today = today() else { throw UsageError("the machine's clock shows no day between 1970 and 9999") }
      return check(paths, try settings.checkOptions(today: today), settings)
    })

  private static func check(_ paths: [String], _ options: CheckOptions, _ settings: CheckSettings) -> ExitStatus {
    let files = findPolicyFiles(paths)
    let progress = Progress(of: files.paths.count)
    let report = Check(options).run(files) { progress.show($0) }
    progress.clear()
    if let unknown = report.unknownEnvironment {
      let names = unknown.existing.joined(separator: ", ")
      complain(
        "there is no environment `\(unknown.name)`",
        help: unknown.question ?? (names.isEmpty ? "no file has any" : "there are \(names)"))
      return .usage
    }
    return ReportWriter(settings: settings, report: report).write()
  }
}
