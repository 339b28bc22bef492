import PolicyAnalysis
import PolicyLanguage

/// Writes a report in all formats that were asked for, and says how the process ends.
struct ReportWriter {
  let settings: CheckSettings
  let report: Report

  /// The status that the findings and problems mean.
  private var status: ExitStatus {
    if report.isIncomplete { return .incomplete }
    guard let threshold = settings.failOn.threshold else { return .clean }
    return report.findings.contains { $0.severity >= threshold } ? .findings : .clean
  }

  func write() -> ExitStatus {
    var result = status
    var isReadable = false
    for destination in settings.destinations {
      if destination.format != .json, destination.file == nil { isReadable = true }
      do throws(Output.Problem) {
        try write(destination)
      } catch {
        result = error.status(or: result)
      }
    }
    complainOfProblems()
    if isReadable { summarise() }
    return result
  }

  private func write(_ destination: CheckSettings.Destination) throws(Output.Problem) {
    guard let file = destination.file else {
      try Output.standard.write(text(destination.format, for: .standard))
      return
    }
    let output = try Output(creating: file)
    defer { output.close() }
    try output.write(text(destination.format, for: output))
  }

  private func text(_ format: CheckSettings.Format, for output: Output) -> String {
    var options = ReportOptions()
    options.maximumFindings = settings.maximumFindings
    options.showsSuppressed = settings.showsSuppressed
    options.palette = settings.colour.applies(to: output) ? .coloured : .plain
    options.width = output.terminalWidth ?? options.width
    switch format {
    case .human: return report.human(options)
    case .concise: return report.concise(options)
    case .json: return report.json(options, tool: thisTool, exitStatus: status.rawValue)
    }
  }

  private func complainOfProblems() {
    for problem in report.problems { complain(problem) }
    for file in report.files {
      if let problem = file.problem { complain("\(file.path): \(problem)") }
    }
  }

  /// One line for people: what was found in how many files, and what was not looked at.
  private func summarise() {
    var notes: [String] = []
    let hidden = report.findings.count - min(report.findings.count, settings.maximumFindings ?? .max)
    if hidden > 0 { notes.append("\(count(hidden, "finding")) not shown") }
    if !report.suppressed.isEmpty { notes.append("\(report.suppressed.count) ignored by comments or waivers") }
    let found = Severity.allCases.reversed().compactMap { severity in
      let number = report.count(of: severity)
      return number == 0 ? nil : count(number, severity == .info ? "remark" : severity.rawValue)
    }
    let what = found.isEmpty ? "no findings" : found.joined(separator: ", ")
    let unchecked = report.files.count { $0.problem != nil }
    if unchecked > 0 { notes.append("\(count(unchecked, "file")) not checked, or not to the end") }
    let text = "\(what) in \(count(report.files.count - unchecked, "file"))"
    var lines = [([text] + notes).joined(separator: "; ")]
    for path in report.unloadable where report.files.contains(where: { $0.path == path && $0.problem == nil }) {
      lines.append("\(path.visible) does not load, so what its policies do was not analysed")
    }
    try? Output.error.write(lines.joined(separator: "\n") + "\n")
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
