import Glibc

extension Watch {
  /// Takes a signal that this process was sent.
  mutating func take(signal: Int32) {
    switch signal {
    case SIGTSTP: stopWithJob()
    case let signal where signals.ending.contains(signal): interrupt(with: signal)
    default: break
    }
  }

  /// Looks after every command: who ended, who was stopped, whose time is over.
  mutating func look() {
    for index in charges.indices {
      lookAtLeader(index)
      advance(index, .timePassed)
      if charges[index].group.isLingering, isEmpty(charges[index].process) { advance(index, .emptied) }
    }
    charges.removeAll { $0.group.state == .ended }
  }

  private mutating func lookAtLeader(_ index: Int) {
    guard !charges[index].group.isLingering, charges[index].group.state != .ended else { return }
    let process = charges[index].process
    var waitStatus: Int32 = 0
    guard unsafe waitpid(process, &waitStatus, WNOHANG | WUNTRACED) == process else { return }
    guard let end = CommandEnd(waitStatus: waitStatus) else {
      stopped(process, by: (waitStatus >> 8) & 0xff)
      return
    }
    leaderEnded(index, end)
  }

  private mutating func leaderEnded(_ index: Int, _ end: CommandEnd) {
    let process = charges[index].process
    let hadTerminal = terminal.holder == process
    var fatal: Int32?
    if case .killed(let signal) = end { fatal = signal }
    if hadTerminal { terminal.takeBack(from: process, restoring: fatal != nil) }
    advance(index, .leaderEnded(end))
    // With the terminal its own, the command got what the user typed, and nobody else did.
    if hadTerminal, let fatal, fatal == SIGINT || fatal == SIGQUIT { interrupt(with: fatal) }
  }

  /// Whether no process of a group is left. Its number cannot have become another group's while one of it lived.
  private func isEmpty(_ group: pid_t) -> Bool { kill(-group, 0) == -1 && errno == ESRCH }
}
