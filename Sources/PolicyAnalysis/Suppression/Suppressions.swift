import LocatedYAML
import PolicyLanguage

/// Everything that the comments and waivers of one file ask to be ignored, and what is wrong with asking so.
struct Suppressions {
  private(set) var requests: [SuppressionRequest] = []
  /// Comments and waivers that are not understood.
  private(set) var findings: [Finding] = []
  private let policy: SuppressionPolicy

  init(_ policy: SuppressionPolicy) { self.policy = policy }

  /// Adds the comments of one source.
  mutating func add(commentsOf document: LocatedDocument) {
    let binding = CommentBinding(document)
    for comment in document.comments {
      let place = Location(source: document.source, span: comment.span)
      do throws(IgnoreDirective.Misunderstanding) {
        guard let directive = try IgnoreDirective.parse(comment.text) else { continue }
        add(directive, spans: binding.spans(for: comment), at: place)
      } catch {
        unclear(error.message, help: error.help, at: place)
      }
    }
  }

  private mutating func add(_ directive: IgnoreDirective, spans: [ByteSpan], at place: Location) {
    for unknown in directive.unknown { add(unknown, at: place) }
    for code in directive.codes {
      add(
        code, kind: .comment, scope: .bytes(spans, of: place.source), at: place, reason: directive.reason,
        until: directive.until)
    }
  }

  /// Adds the waivers of the file.
  mutating func add(_ waivers: [Waiver]) {
    for waiver in waivers {
      add(
        waiver.rule, kind: .waiver, scope: .policy(PolicyScope(waiver.place)), at: waiver.location,
        reason: waiver.reason, until: waiver.until)
    }
  }

  private mutating func add(
    _ rule: String, kind: Suppression.Kind, scope: SuppressionRequest.Scope, at place: Location, reason: String?,
    until: CalendarDate?
  ) {
    do throws(UnknownRule) {
      let selector = try RuleSelector(rule)
      if let known = LintRules.rule(rule), known.isAboutText || known.stopsLoading {
        unclear(
          "\(known.code) cannot be ignored: a file with such a finding does not load",
          help: "put right what it says", at: place)
        return
      }
      requests.append(
        SuppressionRequest(
          kind: kind, selector: selector, rule: rule, scope: scope, place: place, reason: reason, until: until))
    } catch {
      add(error, at: place)
    }
  }

  private mutating func add(_ unknown: UnknownRule, at place: Location) {
    let near = unknown.candidates.map { "`\($0)`" }.joined(separator: " or ")
    unclear(
      "there is no rule `\(unknown.text)`",
      help: near.isEmpty ? "`policy-lint rules` lists them" : "did you mean \(near)?",
      at: place)
  }

  private mutating func unclear(_ message: String, help: String, at place: Location) {
    findings.append(Finding(Diagnostic(.unclearIgnore, message, at: place, help: help)))
  }

  /// Marks the findings that are waived, and adds what is to be said of the requests themselves.
  ///
  /// - Parameter isChecked: Whether a rule was looked for: a request for one that was not is neither used nor unused.
  func apply(to found: [Finding], isChecked: (SuppressionRequest) -> Bool) -> [Finding] {
    var used = Set<Int>()
    let marked = found.map { finding in
      var finding = finding
      for (index, request) in requests.enumerated() where request.covers(finding) {
        used.insert(index)
        if finding.suppression == nil, policy.isInForce(request) { finding.suppression = request.suppression }
      }
      return finding
    }
    let about = requests.enumerated().flatMap { index, request in
      remarks(on: request, isUsed: used.contains(index) || !isChecked(request))
    }
    return marked + findings + about
  }

  private func remarks(on request: SuppressionRequest, isUsed: Bool) -> [Finding] {
    var remarks: [Diagnostic] = []
    let subject = request.kind == .comment ? "this comment" : "this waiver"
    if let until = request.until, until < policy.today {
      remarks.append(
        Diagnostic(
          .expiredSuppression, "\(subject) for `\(request.rule)` has expired: its last day was \(until)",
          at: request.place, help: "put right what it excuses, or agree on a new day"))
    } else if !isUsed {
      remarks.append(
        Diagnostic(
          request.kind == .comment ? .unusedIgnore : .unusedWaiver,
          "\(subject) ignores `\(request.rule)`, which finds nothing there", at: request.place,
          help: request.kind == .comment
            ? "take it out; a comment is about what begins on its line or, alone on a line, on the next"
            : "take it out, or let `at` name the policy as findings do in their `path`"))
    }
    if request.reason == nil {
      remarks.append(
        Diagnostic(
          .unexplainedSuppression, "\(subject) for `\(request.rule)` gives no reason", at: request.place,
          notes: policy.requiresReason ? ["without one it ignores nothing"] : [],
          help: request.kind == .comment ? "add one behind `--`" : "add `reason: …`"))
    }
    return remarks.map { Finding($0) }
  }
}

/// When comments and waivers count.
struct SuppressionPolicy: Sendable {
  let today: CalendarDate
  /// Whether one without a reason counts for nothing.
  let requiresReason: Bool

  func isInForce(_ request: SuppressionRequest) -> Bool {
    if let until = request.until, until < today { return false }
    return !requiresReason || request.reason != nil
  }
}
