import ResilienceCore
import ResilienceTesting
import Testing

@testable import Resilience

private struct Unreachable: Error {}

@Suite("Repetitions in a log")
struct RepetitionTests {
  /// A log on virtual time whose lines show only what these tests are about.
  private func log(_ lines: Lines, on time: VirtualTime, level: EventLevel = .info, capacity: Int = 64) -> EventLog {
    EventLog(
      .code { line in lines.add(Self.essence(of: line)) }, .logfmt, level, capacity: capacity, on: .virtual(time),
      wall: { WallTime(seconds: Int(time.now.nanoseconds / 1_000_000_000), nanoseconds: 0) })
  }

  private static func essence(of line: String) -> String {
    let kept = ["event", "operation", "attempt", "reason", "repeated", "dropped"]
    return line.dropLast().split(separator: " ").filter { field in kept.contains { field.hasPrefix("\($0)=") } }
      .joined(separator: " ")
  }

  private func rejected(_ operation: String = "users.get", _ reason: String = "breaker-open", at now: Instant)
    -> ResilienceEvent
  {
    ResilienceEvent(
      .rejected(reason: reason, retryAfter: nil), operation: operation, layer: .breaker, name: "database",
      location: nil,
      generation: 1, at: now)
  }

  @Test func tenThousandRejectionsASecondAreALineASecond() throws {
    let lines = Lines()
    try onVirtualTime { time in
      let engine = try ResilienceEngine.forTesting(
        policies: """
          version: 1
          breakers: {database: {failures: 1, open: 1h}}
          operations: {users.get: {layers: [{breaker: database}]}}
          """, on: time, sinks: [self.log(lines, on: time)])
      let policy = try engine.policy("users.get")
      try? await policy.run { throw Unreachable() }
      for _ in 0..<30_000 {
        try? await policy.run {}
        time.advance(by: .microseconds(100))
      }
      time.advance(by: .seconds(5))
    }
    #expect(
      lines.all == [
        "event=breaker_opened operation=users.get reason=failures",
        "event=rejected operation=users.get reason=breaker-open",
        "event=rejected operation=users.get reason=breaker-open repeated=9999",
        "event=rejected operation=users.get reason=breaker-open repeated=10000",
        "event=rejected operation=users.get reason=breaker-open repeated=10000",
      ])
  }

  @Test func whatDiffersIsWritten() {
    let (lines, time) = (Lines(), VirtualTime())
    let log = log(lines, on: time)
    for _ in 0..<3 {
      log.receive(rejected(at: time.now))
      log.receive(rejected("users.put", at: time.now))
      log.receive(rejected("users.get", "isolated", at: time.now))
    }
    let first = [
      "event=rejected operation=users.get reason=breaker-open",
      "event=rejected operation=users.put reason=breaker-open",
      "event=rejected operation=users.get reason=isolated",
    ]
    #expect(lines.all == first)
    time.advance(by: .seconds(1))
    #expect(lines.all == first + first.map { $0 + " repeated=2" })
    time.advance(by: .seconds(100))
    #expect(lines.count == 6)
    log.receive(rejected(at: time.now))
    #expect(lines.count == 7)
  }

  @Test func everyAttemptOfARetryIsWritten() {
    let (lines, time) = (Lines(), VirtualTime())
    let log = log(lines, on: time)
    for attempt in 2...3 {
      log.receive(
        ResilienceEvent(
          .retryScheduled(attempt: attempt, maximumAttempts: 3, delay: .seconds(1), classes: []),
          operation: "users.get",
          layer: .retry, name: "standard", location: nil, generation: 1, at: time.now))
    }
    #expect(lines.count == 2)
  }

  @Test func transitionsAndReloadsAreNeverHeldBack() {
    let (lines, time) = (Lines(), VirtualTime())
    let log = log(lines, on: time, level: .debug)
    let events = EventSamples.all.filter { !$0.kind.name.isPerCall }
    for event in events + events { log.receive(event) }
    #expect(lines.count == 2 * events.count)
  }

  @Test func tooManyDifferentRepetitionsAreCounted() {
    let (lines, time) = (Lines(), VirtualTime())
    let log = log(lines, on: time)
    for number in 0..<RepetitionFilter.capacity { log.receive(rejected("op\(number)", at: time.now)) }
    #expect(lines.count == RepetitionFilter.capacity)
    log.receive(rejected("one too many", at: time.now))
    #expect(lines.all.last == "event=events_dropped dropped=1")
    time.advance(by: .seconds(1))
    log.receive(rejected("another", at: time.now))
    #expect(lines.all.last == "event=rejected operation=another reason=breaker-open")
  }

  @Test func levelsBelowAreLeftOut() {
    let (lines, time) = (Lines(), VirtualTime())
    let log = log(lines, on: time, level: .warning)
    for event in EventSamples.all { log.receive(event) }
    let expected = EventSamples.all.filter { $0.level >= .warning && !$0.kind.name.isPerCall }.count
    #expect(lines.all.count { !$0.isEmpty } > expected)
    #expect(lines.all.allSatisfy { !$0.hasPrefix("event=fallback_served") && !$0.hasPrefix("event=breaker_closed") })
  }

  @Test func aFlushWritesWhatIsHeldBack() {
    let (lines, time) = (Lines(), VirtualTime())
    let log = log(lines, on: time)
    for _ in 0..<4 { log.receive(rejected(at: time.now)) }
    log.flush()
    #expect(lines.all.last == "event=rejected operation=users.get reason=breaker-open repeated=3")
    log.flush()
    #expect(lines.count == 2)
  }

  @Test("Every event is in exactly one line", arguments: 0..<30 as Range<UInt64>)
  func nothingIsLost(seed: UInt64) throws {
    let chance = Chance(seed: seed)
    var backlog = LogBacklog(capacity: 8_192)
    var now = Instant(nanoseconds: 0)
    var (received, told, lastTold) = (0, 0, [String: Instant]())
    func drain(isLast: Bool = false) throws {
      if isLast { backlog.releaseHeld() }
      while let entry = backlog.popNext(at: now, wall: WallTime(seconds: 0, nanoseconds: 0)) {
        told += max(entry.repeated, 1)
        if !isLast, entry.repeated > 0, let last = lastTold[entry.event.operation] {
          try #require(last.nanoseconds(to: now) >= RepetitionFilter.period, "seed \(seed)")
        }
        lastTold[entry.event.operation] = now
      }
    }
    for _ in 0..<500 {
      now = now.advanced(by: chance.draw(0...400_000_000))
      backlog.take(
        LogEntry(event: rejected("op\(chance.draw(0...4))", at: now), wall: WallTime(seconds: 0, nanoseconds: 0)),
        at: now)
      received += 1
      try drain()
    }
    try drain(isLast: true)
    #expect(told == received, "seed \(seed)")
  }
}
