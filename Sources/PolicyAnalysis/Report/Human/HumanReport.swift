import PolicyLanguage

extension Report {
  /// The findings for people: place, line, caret, reason, proof, remedy. Empty when there are none.
  public func human(_ options: ReportOptions) -> String {
    shown(options).map { $0.human(options) }.joined(separator: "\n")
  }
}

extension Finding {
  /// The finding as paragraphs for people, with a line end behind the last line.
  func human(_ options: ReportOptions) -> String {
    let diagnostic = self.diagnostic
    let snippet = Snippet(of: diagnostic, options: options)
    var rows = [heading(options.palette)] + snippet.render()
    let indent = String(repeating: " ", count: snippet.gutter + 1)
    func add(_ word: String, _ text: String) {
      rows.append(
        "\(indent)\(options.palette.paint("=", .gutter)) \(options.palette.paint(word, .strong))\(text.visible)")
    }
    for note in notes { add("note", ": \(note)") }
    if let witness = diagnostic.witness, !witness.isEmpty {
      let command = replay.map { " (replay: \($0))" } ?? ""
      add("witness", (witnessKind.map { ", \($0.title)" } ?? "") + command)
      rows += witness.map { indent + "    " + $0.row }
    }
    if let help = diagnostic.help { add("help", ": \(help)") }
    return rows.joined(separator: "\n") + "\n"
  }

  private func heading(_ palette: Palette) -> String {
    let label = palette.paint("\(severity.rawValue)[\(rule.code)]", .severity(severity))
    let waived = isSuppressed ? " (waived)" : ""
    return "\(label) \(palette.paint("\(rule.name): \(diagnostic.message.visible)", .title))\(waived)"
  }

  /// The rule's notes, the environments where they are not all, and who waived the finding.
  private var notes: [String] {
    var notes = diagnostic.notes
    if !environments.isEmpty {
      let word = environments.count == 1 ? "environment" : "environments"
      notes.append("in \(word) \(environments.inWords)")
    }
    if let suppression { notes.append(suppression.inWords) }
    return notes
  }
}

extension WitnessLine {
  /// `400 ms    attempt 2 fails`.
  fileprivate var row: String {
    at.visible + String(repeating: " ", count: max(10 - at.count, 1)) + event.visible
  }
}

extension Suppression {
  /// `waived by policies.yaml:3:5 until 2027-03-31: nightly batch`.
  fileprivate var inWords: String {
    "waived by \(place)" + (until.map { " until \($0)" } ?? "") + (reason.map { ": \($0)" } ?? "")
  }
}

extension [String] {
  /// `` `a`, `b` and `c` ``.
  var inWords: String {
    let quoted = map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " and " + last
  }
}
