/// One thing the linter looks for: what documentation, editors, reports and tests say of it comes from this value.
public struct Rule: Sendable, Hashable, Identifiable, CustomStringConvertible {
  /// `RP201`: the letters, the group, the number in the group.
  public let code: String
  /// `unknown-key`: the same in words, stable like the code.
  public let name: String
  /// How much its findings weigh.
  public let severity: Severity
  /// One line.
  public let summary: String
  /// Why it matters to somebody who runs the service.
  public let why: String
  /// A file in which this rule fires and no other; `nil` while nothing in the language can make it fire.
  public let bad: RuleExample?
  /// The same file put right: nothing fires.
  public let good: RuleExample

  public init(
    _ code: String, _ name: String, _ severity: Severity, _ summary: String, why: String, bad: RuleExample?,
    good: RuleExample
  ) {
    self.code = code
    self.name = name
    self.severity = severity
    self.summary = summary
    self.why = why
    self.bad = bad
    self.good = good
  }

  /// The code.
  public var id: String { code }
  /// Code and name.
  public var description: String { "\(code) \(name)" }

  /// Rules are the same when their codes are.
  public static func == (left: Rule, right: Rule) -> Bool { left.code == right.code }
  /// Hashes the code.
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }

  /// Whether its findings stop a file from loading: errors of text, YAML, shape and names do, findings of analysis do not.
  package var stopsLoading: Bool { severity == .error && code < "RP4" }
}

/// A whole file that shows a rule at work.
public struct RuleExample: Sendable, ExpressibleByStringLiteral {
  /// The file; not always UTF-8.
  public let bytes: [UInt8]
  /// The line where the rule fires, from 1; `nil` where nothing fires.
  public let line: Int?

  public init(_ text: String, line: Int? = nil) { self.init(bytes: Array(text.utf8), line: line) }
  public init(bytes: [UInt8], line: Int? = nil) {
    self.bytes = bytes
    self.line = line
  }
  public init(stringLiteral text: String) { self.init(text) }

  /// The file as it can be shown; bytes that are not UTF-8 become U+FFFD.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
