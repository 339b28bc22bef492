internal import PolicyCompiler
internal import ResilienceCore

/// Runs many calls of one operation at once, on virtual instants and one thread, with the machine and the mechanisms that run
/// them in a service.
///
/// At one instant cancellations come first, then ends of attempts, then timers, then the other lines of the script in their
/// order; each kind by the number of the call. A call that is given its place in a queue goes on at once, as part of what gave
/// it the place.
struct World: ~Copyable {
  let operation: String
  let classes: [String]
  let notices: Notices
  let reload: Reload
  var load: Load
  var graphs: [GraphInForce]
  var agenda = Agenda()
  var pool = CallPool()
  var recording: Recording
  /// The slots of the calls that run, by number, when lines of the script can name them.
  var slots: [Int: UInt32] = [:]
  var callsBegun = 0
  var cancelledBeforehand: Set<Int> = []
  /// Calls that hang for ever and were forgotten.
  var forgotten = 0
  var now: UInt64 = 0
  var slowCalls = SlowCalls()
  /// What became slow in the present step; empty between steps.
  var marked: [(CircuitBreaker, BreakerChanges)] = []

  /// Compiles the file of a reload line; `nil` when it cannot be used.
  typealias Reload = (_ file: String, _ current: PolicyGraph) -> PolicyGraph?

  /// - Parameter graph: In force at the beginning; its context tells `notices` of events.
  init(
    operation: String, graph: PolicyGraph, classes: [String], load: Load, notices: Notices, recording: Recording,
    reload: @escaping Reload
  ) {
    self.operation = operation
    self.classes = classes
    self.notices = notices
    self.load = load
    self.recording = recording
    self.reload = reload
    graphs = [GraphInForce(graph, operation: operation, classes: classes)]
    watchBreakers()
  }

  /// Runs until nothing more can happen.
  consuming func run() -> Recording {
    while step() {}
    let unfinished = pool.slots.count { pool[$0].standsInFor == nil && pool[$0].race == nil }
    recording.finish(unfinished: unfinished + forgotten, at: now)
    return recording
  }

  /// Does what is next; `false` when nothing is.
  private mutating func step() -> Bool {
    let dueAt = agenda.nextAt
    let lineAt = load.nextAt
    let slowAt = slowCalls.nextAt
    if let cancel = load.takeCancel(notAfter: min(dueAt, lineAt, slowAt)) {
      now = cancel.at
      self.cancel(call: cancel.call)
    } else if slowAt < .max, slowAt <= lineAt, slowAt < dueAt || slowAt == dueAt && !agenda.nextIsEnd {
      now = max(now, slowAt)
      markSlowCalls()
    } else if dueAt <= lineAt {
      guard let appointment = agenda.take() else { return false }
      guard pool.isCurrent(appointment.epoch, of: appointment.slot) else { return true }
      now = appointment.at
      due(appointment.slot)
    } else {
      now = lineAt
      takeLine()
    }
    resumeGranted()
    return true
  }

  var instant: Instant { Instant(nanoseconds: now) }

  /// Makes the appointment of a call; one at the end of time never comes.
  mutating func appoint(_ slot: UInt32, at: UInt64, _ precedence: Agenda.Precedence) {
    let epoch = pool.newEpoch(slot)
    guard at < .max else { return }
    agenda.add(
      Agenda.Appointment(at: max(at, now), precedence, call: pool[slot].number, slot: slot, epoch: epoch))
  }

  /// Lets the calls go on that were given a place.
  private mutating func resumeGranted() {
    while true {
      let grants = notices.takeGrants()
      guard !grants.isEmpty else { return }
      for grant in grants where pool.isCurrent(grant.epoch, of: grant.slot) {
        endWait(of: grant.slot, .granted)
      }
    }
  }
}
