public import ResilienceCore

/// Is well when a command exits with status 0.
///
/// The command runs in a process group of its own; at the check's timeout the whole group is told to end, and killed two seconds
/// later. The first line that it writes is the message.
public struct CommandCheck: HealthCheck {
  public let name: String
  private let run: CommandRun

  /// - Parameters:
  ///   - name: What it is called.
  ///   - words: A program, looked up on the `PATH` unless it contains a slash, and its arguments.
  public init(_ name: String, _ words: [String]) {
    self.name = name
    run = CommandRun(words: words)
  }

  public func check() async throws -> HealthReport {
    let end = try await run.end()
    if end.isSuccess { return end.line.map { .healthy($0) } ?? .healthy }
    return .unhealthy(end.description)
  }
}

extension CommandRun.End: CustomStringConvertible {
  var isSuccess: Bool { status == .exited(0) }

  /// How it ended, and its first line: `exit 3: disk full`.
  var description: String {
    let how =
      switch status {
      case .exited(let status): "exit \(status)"
      case .killed(let signal): "killed by signal \(signal)"
      case .lost: "its exit status was lost"
      }
    return line.map { "\(how): \($0)" } ?? how
  }
}
