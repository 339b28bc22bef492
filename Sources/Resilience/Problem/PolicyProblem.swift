internal import LocatedYAML
internal import PolicyCompiler
internal import PolicyLanguage

/// One reason why a policy file cannot be used, in the words of the linter.
public struct PolicyProblem: Sendable, Hashable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// From 1; `nil` when the whole file is meant.
  public let line: Int?
  /// From 1, in Unicode scalars; `nil` when the whole file is meant.
  public let column: Int?
  /// The linter's rule, such as `RP201`; `nil` for what only the program can know, such as a handler that is missing.
  public let rule: String?
  public let message: String

  /// One line: `policies.yaml:14:5: error[RP201] unknown key …`.
  public var description: String {
    let place = [path, line.map { "\($0)" }, column.map { "\($0)" }].compactMap { $0 }.joined(separator: ":")
    return "\(place): error\(rule.map { "[\($0)]" } ?? ":") \(message)"
  }
}

extension PolicyProblem {
  init(_ diagnostic: Diagnostic) {
    self.init(diagnostic.message, at: diagnostic.location, rule: diagnostic.rule.code)
  }

  init(_ problem: CompileProblem) { self.init(problem.message, at: problem.location, rule: nil) }

  init(_ problem: FileProblem) { self.init(problem.reason, inFile: problem.path) }

  init(_ message: String, inFile path: String) {
    self.path = path
    line = nil
    column = nil
    rule = nil
    self.message = message
  }

  private init(_ message: String, at location: Location, rule: String?) {
    let position = location.source.position(of: location.span.start)
    path = location.source.path
    line = position.line
    column = position.column
    self.rule = rule
    self.message = message
  }
}
