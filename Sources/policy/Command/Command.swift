/// What to run: a program and its arguments, nothing interpreted.
struct Command: Hashable, Sendable {
  /// Looked up on the `PATH` unless it contains a slash.
  let program: String
  let arguments: [String]

  init(_ program: String, _ arguments: [String] = []) {
    self.program = program
    self.arguments = arguments
  }

  /// A line for the shell, as it may stand in `--operation NAME='…'`.
  static func shell(_ line: String) -> Command { Command("/bin/sh", ["-c", line]) }

  /// Where a command reads its standard input from.
  enum Input: Hashable, Sendable {
    /// What `policy` itself reads.
    case inherited
    /// End of file at once.
    case nothing
  }
}
