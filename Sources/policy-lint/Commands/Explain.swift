import PolicyAnalysis
import PolicyLanguage

extension Command {
  static let explain = Command(
    name: "explain", usage: "explain OPERATION FILE [--environment NAME]",
    summary: "Shows the effective pipeline of an operation, and its worst case.",
    details: {
      """
      Layers come from the outermost in, each number with its place and why it won. The entry is
      looked up as an engine does: by its own name, else by the most specific pattern.

      \(HelpText.options(ExplainSettings.options))
      """
    },
    run: { arguments throws(UsageError) in
      var settings = ExplainSettings()
      let operands = try parse(arguments, ExplainSettings.options, into: &settings)
      guard operands.count == 2 else {
        throw UsageError("`explain` takes OPERATION FILE", help: "policy-lint explain users.get policies.yaml")
      }
      return try explain(operands[0], operands[1], settings.environment)
    })

  private static func explain(
    _ operation: String, _ path: String, _ environment: String?
  ) throws(UsageError) -> ExitStatus {
    let file = PolicyLoader().loadAllEnvironments(path)
    guard let wanted = file.documents.first(where: { $0.environment == environment }) else {
      let names = file.documents.compactMap(\.environment)
      throw UsageError(
        "there is no environment `\(environment ?? "")` in \(path)",
        help: NearestName(to: environment ?? "", among: names).question)
    }
    guard let document = wanted.document else { return showWhyNot(path) }
    do throws(Explanation.NoEntry) {
      return printText(try Explanation(of: operation, in: document).text)
    } catch {
      throw UsageError(
        "\(path) has no policy for operation `\(operation)`",
        help: error.question ?? "`\"**\"` is the entry for every operation without one")
    }
  }

  /// Shows what stops the file from loading.
  private static func showWhyNot(_ path: String) -> ExitStatus {
    guard let today = today() else { return .incomplete }
    var settings = CheckSettings()
    settings.destinations = [CheckSettings.Destination(format: .human, file: nil)]
    return ReportWriter(settings: settings, report: Check(CheckOptions(today: today)).run(FoundFiles(path))).write()
  }
}

private struct ExplainSettings {
  var environment: String?

  static let options: [Option<ExplainSettings>] = [
    Option("--environment", "NAME", help: "in this environment; without it in the base") { $0.environment = $1 }
  ]
}
