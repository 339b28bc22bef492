import PolicyLanguage

extension Report {
  /// One line a finding: `path:line:column: error[RP402] message`.
  public func concise(_ options: ReportOptions) -> String {
    shown(options).map { finding in
      let diagnostic = finding.diagnostic
      let label = "\(finding.severity.rawValue)[\(finding.rule.code)]"
      let painted = options.palette.paint(label, .severity(finding.severity))
      let place = options.palette.paint(diagnostic.location.description.visible, .title)
      let environments = finding.environments.isEmpty ? "" : " (in \(finding.environments.inWords))"
      let waived = finding.isSuppressed ? " (waived)" : ""
      return "\(place): \(painted) \(diagnostic.message.visible)\(environments.visible)\(waived)\n"
    }.joined()
  }
}
