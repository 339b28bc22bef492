import Glibc

/// What the warden's thread knows of the commands it started.
struct Watch: ~Copyable {
  struct Charge {
    let ticket: UInt64
    /// The leader, whose number is also the group's.
    let process: pid_t
    var group: CommandGroup
    let waiting: CheckedContinuation<CommandEnd?, Never>
  }

  /// How often a group whose leader is gone is asked whether others live on.
  private static let pulse = Duration.milliseconds(10)

  let signals: Signals
  private let spawner: Spawner
  private let grace: Duration
  var charges: [Charge] = []
  var terminal = Terminal()
  /// The signal that the user ended the call with.
  private(set) var interruption: Int32?
  /// Ends that nobody was told yet.
  private var reports: [(waiting: CheckedContinuation<CommandEnd?, Never>, end: CommandEnd?)] = []
  private var status: Int32?
  private var started: Set<UInt64> = []
  private var cancelledBeforeStart: Set<UInt64> = []

  init(signals: Signals, grace: Duration) {
    self.signals = signals
    self.grace = grace
    spawner = Spawner(signals: signals)
  }

  var now: ContinuousClock.Instant { .now }

  /// The status to leave with, once it is known and nothing runs.
  var finished: Int32? { charges.isEmpty ? status : nil }

  /// For how long nothing can happen that no signal tells; `nil`: for ever.
  var patience: Duration? {
    if charges.contains(where: \.group.isLingering) { return Self.pulse }
    return charges.compactMap(\.group.deadline).min().map { $0 - now }
  }

  mutating func take(_ request: Warden.Request) {
    switch request {
    case .start(let ticket, let command, let input, let waiting):
      start(ticket, command, input, waiting)
    case .cancel(let ticket):
      if let index = charges.firstIndex(where: { $0.ticket == ticket }) {
        advance(index, .cancelled)
      } else if !started.contains(ticket) {
        cancelledBeforeStart.insert(ticket)
      }
    case .finish(let status):
      self.status = status
    }
  }

  private mutating func start(
    _ ticket: UInt64, _ command: Command, _ input: Command.Input, _ waiting: CheckedContinuation<CommandEnd?, Never>
  ) {
    started.insert(ticket)
    guard interruption == nil, cancelledBeforeStart.remove(ticket) == nil else {
      reports.append((waiting, nil))
      return
    }
    do {
      let process = try spawner.start(command, input: input)
      charges.append(
        Charge(ticket: ticket, process: process, group: CommandGroup(grace: grace), waiting: waiting))
    } catch {
      reports.append((waiting, .notStarted(errno: error.errno)))
    }
  }

  /// Tells everybody who waits for a command that has ended.
  mutating func report() {
    for (waiting, end) in reports { waiting.resume(returning: end) }
    reports = []
  }

  /// The user ends the call: nothing is started any more, and what runs is told.
  mutating func interrupt(with signal: Int32) {
    if interruption == nil { interruption = signal }
    for index in charges.indices { advance(index, .told(signal: signal)) }
  }

  /// Tells one group's machine what happened and does what it answers.
  mutating func advance(_ index: Int, _ event: CommandGroup.Event) {
    for action in charges[index].group.handle(event, at: now) {
      switch action {
      case .send(let signal): send(signal, to: charges[index].process)
      case .report(let end): reports.append((charges[index].waiting, end))
      }
    }
  }

  /// Sends a signal to a whole group; one that is stopped is continued, or it could not act on it.
  func send(_ signal: Int32, to group: pid_t) {
    kill(-group, signal)
    if signal != SIGKILL, signal != SIGTSTP { kill(-group, SIGCONT) }
  }
}
