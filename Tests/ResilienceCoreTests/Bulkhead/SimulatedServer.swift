@testable import ResilienceCore

/// A callee with so many workers and a queue before them, and callers that always have a call more than the limit lets run.
///
/// Time is virtual and chance is seeded: the same server gives the same samples.
struct SimulatedServer {
  /// How the server takes more calls than it has workers.
  enum Overload {
    /// They wait, so that latency is what tells.
    case queues
    /// It turns them away at once.
    case refuses
  }

  private struct Call {
    let started: UInt64
    let ends: UInt64
    let end: LimitSample.End?
  }

  var workers: Int
  /// Nanoseconds that one call takes a worker, on average.
  var service: UInt64
  var overload = Overload.queues
  /// Calls that callers have at once, however many may run.
  var demand = Int.max
  /// The share of calls that end as dropped for no reason.
  var chanceDrops = Ratio.zero
  private(set) var now: UInt64 = 0
  private(set) var rejected = 0
  private(set) var answered = 0
  /// Who ends last comes first.
  private var running: [Call] = []
  /// When the workers will be free, from now on; the latest first.
  private var free: [UInt64] = []
  private let chance: Chance

  init(workers: Int, service: UInt64, overload: Overload = .queues, seed: UInt64) {
    self.workers = workers
    self.service = service
    self.overload = overload
    chance = Chance(seed: seed)
  }

  /// Plays for so many nanoseconds; answers the limits that were in force, each for the length of one call's end.
  mutating func play(_ limit: inout AdaptiveLimit, for time: UInt64) -> [Int] {
    var seen: [Int] = []
    let until = now + time
    while now < until {
      while running.count < min(limit.limit, demand) { add(start()) }
      let inFlight = running.count
      guard let call = running.popLast() else { return seen }
      now = max(now, call.ends)
      if let end = call.end {
        if end == .answered { answered += 1 } else { rejected += 1 }
        limit.take(
          LimitSample(
            end, started: Instant(nanoseconds: call.started), ended: Instant(nanoseconds: now), inFlight: inFlight))
      }
      seen.append(limit.limit)
    }
    return seen
  }

  private mutating func start() -> Call {
    let takes = chance.draw((service / 2)...(service + service / 2))
    if chanceDrops > .zero, chance.happens(chanceDrops) { return Call(started: now, ends: now + takes, end: .dropped) }
    while let next = free.last, next <= now { free.removeLast() }
    if free.count >= workers, overload == .refuses { return Call(started: now, ends: now + service / 2, end: .dropped) }
    // With more calls than workers, a call begins when all but so many of those before it have ended.
    let begins = free.count < workers ? now : free[workers - 1]
    let ends = begins + takes
    free.insert(ends, at: free.firstIndex { $0 <= ends } ?? free.count)
    return Call(started: now, ends: ends, end: .answered)
  }

  private mutating func add(_ call: Call) {
    running.insert(call, at: running.firstIndex { $0.ends <= call.ends } ?? running.count)
  }
}
