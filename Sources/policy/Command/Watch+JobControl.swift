import Glibc

/// The user's terminal: who may use it, and Ctrl-Z.
extension Watch {
  /// A command was stopped, not by a request of ours.
  mutating func stopped(_ process: pid_t, by signal: Int32) {
    switch signal {
    case SIGTTIN, SIGTTOU: lendTerminal(to: process)
    case SIGTSTP where terminal.holder == process: suspend(process)
    default: break
    }
  }

  /// Ctrl-Z reached `policy` and not its commands, which are no members of its job.
  mutating func stopWithJob() {
    for charge in charges { send(SIGTSTP, to: charge.process) }
    Signals.stopJob()
    for charge in charges { kill(-charge.process, SIGCONT) }
  }

  /// A command asks for the terminal: it gets it as soon as the job of `policy` is in the foreground.
  private mutating func lendTerminal(to process: pid_t) {
    guard terminal.open() else { return }
    if !terminal.isInForeground { Signals.stopJob() }
    guard terminal.isInForeground else { return }
    terminal.lend(to: process)
    kill(-process, SIGCONT)
  }

  /// The user typed Ctrl-Z to a command that has the terminal: the whole job stops, and goes on with it.
  private mutating func suspend(_ process: pid_t) {
    terminal.takeBack(from: process, restoring: false)
    Signals.stopJob()
    if terminal.isInForeground { terminal.lend(to: process) }
    kill(-process, SIGCONT)
  }
}
