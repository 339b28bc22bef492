/// A finding that somebody has agreed to live with.
public struct Waiver: Sendable {
  /// A code, the beginning of one, or a rule's name.
  public let rule: String
  /// The policy that it is about: `operations/reports.**`, as in ``Diagnostic/path``.
  public let place: String
  /// Why it is agreed to; `nil` is a finding of its own.
  public let reason: String?
  /// The last day; `nil`: for ever.
  public let until: CalendarDate?
  /// Where the waiver stands.
  public let location: Location

  /// Whether it is about this finding: its rule, and its policy or something inside it.
  public func covers(_ finding: Diagnostic) -> Bool {
    guard finding.rule.code.hasPrefix(rule) || finding.rule.name == rule else { return false }
    let path = Waiver.plain(finding.path)
    let own = Waiver.plain(place)
    return path == own || path.hasPrefix(own + "/") || path.hasPrefix(own + ".")
  }

  /// `operations/users.get` and `operations.users.get` are the same policy.
  private static func plain(_ path: String) -> String {
    guard let separator = path.firstIndex(where: { $0 == "/" || $0 == "." }) else { return path }
    return path[..<separator] + "." + path[path.index(after: separator)...]
  }
}
