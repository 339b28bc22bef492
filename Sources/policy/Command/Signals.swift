import Glibc
import ResilienceCore

/// The signals of this process: which ones `policy` takes for itself, and what its commands get.
struct Signals: Sendable {
  /// End the call: forwarded to the running command.
  let ending: Set<Int32>
  /// The mask that `policy` was started with; its commands get it back.
  let inheritedMask: sigset_t
  private let taken: sigset_t

  /// Blocks the signals that ``next(within:)`` waits for. To be called before there is a second thread.
  ///
  /// A signal that was ignored when `policy` was started stays ignored, as under `nohup` or in a background job.
  static func take() -> Signals {
    let ending = Set([SIGINT, SIGTERM, SIGHUP, SIGQUIT].filter { !isIgnored($0) })
    // An ignored SIGCHLD, which a careless parent can leave behind, would lose every exit status.
    reset(SIGCHLD)
    ignore(SIGPIPE)
    var taken = sigset_t()
    unsafe sigemptyset(&taken)
    for signal in ending.union([SIGCHLD, SIGTSTP, SIGTTOU]) { unsafe sigaddset(&taken, signal) }
    var inherited = sigset_t()
    unsafe pthread_sigmask(SIG_BLOCK, &taken, &inherited)
    unsafe sigdelset(&taken, SIGTTOU)
    return Signals(ending: ending, inheritedMask: inherited, taken: taken)
  }

  /// The next signal of this process, or `nil` after the time; no time: waits for ever.
  func next(within time: Duration?) -> Int32? {
    var taken = taken
    guard let time else {
      let signal = unsafe sigwaitinfo(&taken, nil)
      return signal > 0 ? signal : nil
    }
    var limit = systemTime(lasting: time)
    let signal = unsafe sigtimedwait(&taken, nil, &limit)
    return signal > 0 ? signal : nil
  }

  /// Makes ``next(within:)`` return, from any thread.
  static func wake() { kill(getpid(), SIGCHLD) }

  /// Stops this process and the others of its job, as Ctrl-Z does; returns when the job goes on.
  ///
  /// In a group that no shell watches the system drops the signal, so nothing stops for ever.
  static func stopJob() {
    var stop = sigset_t()
    unsafe sigemptyset(&stop)
    unsafe sigaddset(&stop, SIGTSTP)
    unsafe pthread_sigmask(SIG_UNBLOCK, &stop, nil)
    kill(0, SIGTSTP)
    unsafe pthread_sigmask(SIG_BLOCK, &stop, nil)
  }

  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(signal, nil, &action) == 0 else { return false }
    let ignoring = unsafe unsafeBitCast(SIG_IGN, to: Int.self)
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == ignoring
  }

  private static func reset(_ signal: Int32) { _ = Glibc.signal(signal, SIG_DFL) }
  private static func ignore(_ signal: Int32) { _ = Glibc.signal(signal, SIG_IGN) }
}
