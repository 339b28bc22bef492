import Resilience

/// A command that did not end with status 0, as the file's error classes see it.
struct CommandFailure: Error, FailureDescribing, CustomStringConvertible {
  let command: String
  let end: CommandEnd

  var failureFacts: FailureFacts? {
    switch end {
    case .exited(let status): FailureFacts(exit: status)
    case .killed(let signal): FailureFacts(signal: signal)
    case .notStarted(let errno): FailureFacts(posix: errno)
    }
  }

  var description: String { "\(command): \(end)" }
}
