import Glibc
import Synchronization

/// Starts, watches, signals and ends commands, all on one thread: the one that calls ``watch()``.
///
/// One thread, because a process's number is only sure to mean that process until it was waited for: here nothing can be
/// signalled after it was given up. Other threads hand in requests and wait without blocking.
final class Warden: Sendable {
  enum Request: Sendable {
    case start(ticket: UInt64, Command, Command.Input, CheckedContinuation<CommandEnd?, Never>)
    case cancel(ticket: UInt64)
    case finish(status: Int32)
  }

  private struct Desk {
    var requests: [Request] = []
    var tickets: UInt64 = 0
  }

  private let desk = Mutex(Desk())
  let signals: Signals
  let grace: Duration

  /// - Parameters:
  ///   - signals: Taken before any other thread was started.
  ///   - grace: How long a command that is told to end has until it is killed.
  init(signals: Signals, grace: Duration) {
    self.signals = signals
    self.grace = grace
  }

  /// Runs a command to its end. When the task is cancelled the command's whole group is told to end, and awaited.
  ///
  /// - Throws: `CancellationError` when the task was cancelled before the command was started.
  func run(_ command: Command, input: Command.Input) async throws -> CommandEnd {
    let ticket = desk.withLock { desk in
      desk.tickets += 1
      return desk.tickets
    }
    let end = await withTaskCancellationHandler {
      await withCheckedContinuation { post(.start(ticket: ticket, command, input, $0)) }
    } onCancel: {
      post(.cancel(ticket: ticket))
    }
    guard let end else { throw CancellationError() }
    return end
  }

  /// Makes ``watch(interrupted:)`` return `status` as soon as no command runs any more.
  func finish(_ status: Int32) { post(.finish(status: status)) }

  /// Does what is asked until ``finish(_:)``. Blocks this thread.
  ///
  /// - Parameter interrupted: Is told, once, which signal the user ended the call with.
  /// - Returns: The status that ``finish(_:)`` was given.
  func watch(interrupted: @Sendable (Int32) -> Void) -> Int32 {
    var watch = Watch(signals: signals, grace: grace)
    var isTold = false
    while true {
      for request in takeRequests() { watch.take(request) }
      watch.look()
      if !isTold, let signal = watch.interruption {
        interrupted(signal)
        isTold = true
      }
      // Who waits for a command learns of its end after the interruption that ended it, and makes no further attempt.
      watch.report()
      if let status = watch.finished { return status }
      if let signal = signals.next(within: watch.patience) { watch.take(signal: signal) }
    }
  }

  private func post(_ request: Request) {
    desk.withLock { $0.requests.append(request) }
    Signals.wake()
  }

  private func takeRequests() -> [Request] {
    desk.withLock { desk in
      defer { desk.requests = [] }
      return desk.requests
    }
  }
}
