/// A policy file that cannot be used, with every reason.
///
/// What was in force before stays in force.
public struct PolicyFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file that was to be loaded.
  public let path: String
  /// By file and place; never empty.
  public let problems: [PolicyProblem]

  init(path: String, problems: [PolicyProblem]) {
    self.path = path
    self.problems = problems
  }

  /// One line a problem, as the linter prints them.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
