/// A policy file that cannot be used, with every reason.
///
/// What was in force before stays in force.
public struct PolicyFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file that was to be loaded.
  public let path: String
  /// By file and place, each once; never empty.
  public let problems: [PolicyProblem]

  init(path: String, problems: [PolicyProblem]) {
    self.path = path
    self.problems = Set(problems).sorted {
      ($0.path, $0.line ?? 0, $0.column ?? 0, $0.message) < ($1.path, $1.line ?? 0, $1.column ?? 0, $1.message)
    }
  }

  /// One line a problem, as the linter prints them.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
