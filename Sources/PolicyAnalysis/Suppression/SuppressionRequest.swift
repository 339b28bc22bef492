import LocatedYAML
import PolicyLanguage

/// One rule that a comment or a waiver asks to be ignored in one part of a file.
struct SuppressionRequest {
  /// Where it is asked for.
  enum Scope {
    /// In these bytes of the file.
    case bytes([ByteSpan], of: SourceText)
    case policy(PolicyScope)
  }

  let kind: Suppression.Kind
  let selector: RuleSelector
  /// The rule as it was written.
  let rule: String
  let scope: Scope
  let place: Location
  let reason: String?
  let until: CalendarDate?

  /// Whether it is about this finding, in force or not.
  func covers(_ finding: Finding) -> Bool {
    guard finding.isSuppressible, selector.weight(for: finding.rule) != nil else { return false }
    switch scope {
    case .bytes(let spans, let source):
      let place = finding.diagnostic.location
      return place.source.path == source.path
        && spans.contains { $0.start <= place.span.start && place.span.start <= $0.end }
    case .policy(let policy): return policy.covers(finding)
    }
  }

  var suppression: Suppression {
    Suppression(kind: kind, place: place.description, reason: reason, until: until)
  }
}

extension Finding {
  /// Whether somebody can agree to live with it: not with what stops a file from loading.
  var isSuppressible: Bool { !rule.stopsLoading && !rule.isAboutText }
}
