import Glibc

/// How a command ended.
enum CommandEnd: Hashable, Sendable {
  case exited(Int32)
  case killed(signal: Int32)
  /// The system refused to start it, with an errno value.
  case notStarted(errno: Int32)

  /// What `waitpid` says of a child that is no more; `nil` for one that was only stopped.
  init?(waitStatus: Int32) {
    let low = waitStatus & 0x7f
    switch low {
    case 0: self = .exited((waitStatus >> 8) & 0xff)
    case 0x7f: return nil
    default: self = .killed(signal: low)
    }
  }

  /// The exit status that shells give it: 128 and the signal, 127 for a command that was not found, 126 for one that
  /// could not be executed.
  var status: Int32 {
    switch self {
    case .exited(let status): status
    case .killed(let signal): 128 + signal
    case .notStarted(ENOENT): 127
    case .notStarted: 126
    }
  }

  var isSuccess: Bool { self == .exited(0) }
}

extension CommandEnd: CustomStringConvertible {
  /// In the words of the lines on standard error, to follow "failed with".
  var description: String {
    switch self {
    case .exited(let status): "exit \(status)"
    case .killed(let signal): SignalName.of(signal)
    case .notStarted(ENOENT): "command not found"
    case .notStarted(let errno): "cannot be executed (\(String(errno: errno)))"
    }
  }
}

extension String {
  /// The system's words for an errno value.
  fileprivate init(errno: Int32) {
    guard let text = unsafe strerror(errno) else {
      self = "errno \(errno)"
      return
    }
    self = unsafe String(cString: text)
  }
}
