import Resilience
import ResilienceTesting
import Synchronization
import Testing

#if THREAD_SANITIZER
  import ResilienceCore
#endif

/// What a caller does, one after the other.
private indirect enum Act: CustomStringConvertible {
  case advance(Int64)
  case succeed
  case fail
  case cancel
  /// Returns a value that counts as a failure.
  case disappoint
  /// Takes so many milliseconds, and heeds its cancellation if it comes meanwhile.
  case work(Int64, succeeds: Bool)
  /// Calls again from within the body, which then succeeds or fails.
  case nest([Act], succeeds: Bool)

  var description: String {
    switch self {
    case .advance(let milliseconds): "+\(milliseconds)"
    case .succeed: "ok"
    case .fail: "fail"
    case .cancel: "cancel"
    case .disappoint: "poor"
    case .work(let milliseconds, let succeeds): "\(milliseconds) ms \(succeeds ? "ok" : "fail")"
    case .nest(let acts, let succeeds): "\(acts)\(succeeds ? "ok" : "fail")"
    }
  }
}

/// A file and a script, drawn from a seed.
private struct Scenario {
  var layers: [String] = []
  var script: [Act] = []
  /// Without an observer an open breaker throws one error many times.
  let isObserved: Bool

  init(_ chance: Chance) {
    isObserved = chance.happens(.percent(50))
    // Some orders of limits and retries make no sense, and are refused.
    repeat { layers = (0..<chance.draw(0...4)).map { _ in Self.layer(chance) } } while !isAccepted
    for _ in 0..<40 { script.append(Self.act(chance, depth: 0)) }
  }

  var text: String {
    """
    version: 1
    fallbacks:
      none: {value: -1, handle: [rejected]}
      any: {value: -2}
    operations:
      read:
        layers: [\(layers.joined(separator: ", "))]

    """
  }

  private var isAccepted: Bool { (try? PolicyText(text).engine()) != nil }

  private static func layer(_ chance: Chance) -> String {
    let open = "open: \(chance.draw(20...200))ms, halfOpen: \(chance.draw(1...2))"
    return switch chance.draw(0...10) {
    case 0: "{fallback: \(chance.happens(.percent(50)) ? "none" : "any")}"
    case 1: "{retry: {attempts: \(chance.draw(2...3)), backoff: none}}"
    case 2: "{bulkhead: {concurrent: \(chance.draw(1...3))}}"
    case 3: "{rateLimit: {rate: \(chance.draw(10...200))/s, burst: \(chance.draw(1...6))}}"
    case 4: "{breaker: {failures: \(chance.draw(1...3)), \(open)}}"
    case 5: "{breaker: {failureRate: 50%, minimumCalls: 2, window: \(chance.draw(2...6)), \(open)}}"
    case 7: "{timeout: {after: \(chance.draw(1...120))ms, mode: observe}}"
    case 8: "{timeout: \(chance.draw(1...120))ms}"
    case 9: "{deadline: \(chance.draw(1...200))ms}"
    case 6: "{breaker: {failuresInWindow: 3, window: \(chance.draw(1...4))00ms, \(open)}}"
    default: "{breaker: {failureRate: 60%, minimumCalls: 3, window: \(chance.draw(1...4))00ms, \(open)}}"
    }
  }

  private static func act(_ chance: Chance, depth: Int) -> Act {
    switch chance.draw(0...14) {
    case 12...14: .work(Int64(chance.draw(0...150)), succeeds: chance.happens(.percent(70)))
    case 0, 1: .advance(Int64(chance.draw(1...150)))
    case 2, 3: .fail
    case 4: .cancel
    case 5: .disappoint
    case 6 where depth < 2, 7 where depth < 2:
      .nest((0..<chance.draw(1...3)).map { _ in act(chance, depth: depth + 1) }, succeeds: chance.happens(.percent(60)))
    default: .succeed
    }
  }
}

/// What an observer was told.
private final class Told: Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }
  var observer: EventObserver { { [self] event in lines.withLock { $0.append("\(event)") } } }
}

/// Plays a script and writes down everything that anybody can see of it.
private final class Player {
  private let time = VirtualTime()
  private let told = Told()
  private let engine: ResilienceEngine
  private let policy: TypedPolicy<Int>
  /// A call with a report is measured, which the short way never does.
  private let takesLongWay: Bool
  private(set) var log: [String] = []

  init(_ scenario: Scenario, takesLongWay: Bool) throws {
    let observer = scenario.isObserved ? told.observer : nil
    engine = try PolicyText(scenario.text).engine(on: time, seed: 7, observer: observer)
    policy = try engine.policy("read", returning: Int.self)
    self.takesLongWay = takesLongWay
  }

  private var report: CallReport? { takesLongWay ? CallReport() : nil }

  func play(_ script: [Act]) -> [String] {
    for act in script { perform(act) }
    return log + told.all
  }

  func playAsynchronously(_ script: [Act]) async -> [String] {
    for act in script { await performAsynchronously(act) }
    return log + told.all
  }

  private func perform(_ act: Act) {
    if case .advance(let milliseconds) = act {
      time.advance(by: .milliseconds(milliseconds))
      return
    }
    note {
      try policy.runBlocking(report: report, classify: Self.judge) {
        noteDeadline()
        if case .work(let milliseconds, _) = act { time.advance(by: .milliseconds(milliseconds)) }
        if case .nest(let inner, _) = act { for act in inner { perform(act) } }
        return try Self.end(of: act)
      }
    }
  }

  private func performAsynchronously(_ act: Act) async {
    if case .advance(let milliseconds) = act {
      time.advance(by: .milliseconds(milliseconds))
      return
    }
    let result: Result<Int, any Error>
    do {
      result = .success(
        try await policy.run(report: report, classify: Self.judge) {
          noteDeadline()
          if case .work(let milliseconds, _) = act {
            time.advance(by: .milliseconds(milliseconds))
            try Task.checkCancellation()
          }
          if case .nest(let inner, _) = act { for act in inner { await performAsynchronously(act) } }
          return try Self.end(of: act)
        })
    } catch {
      result = .failure(error)
    }
    note { try result.get() }
  }

  /// What a body is told of its limit.
  private func noteDeadline() {
    guard let deadline = CallDeadline.current else { return }
    log.append("by \(deadline.instant.nanoseconds), \(deadline.remaining)\(deadline.cancels ? ", cancelled" : "")")
  }

  private func note(_ body: () throws -> Int) {
    let outcome: String
    do { outcome = "\(try body())" } catch let error as ResilienceError {
      outcome = "\(error), after \(error.history.map { "\($0.number) \($0.classes) \($0.stop ?? "")" })"
    } catch { outcome = "\(error)" }
    let states = engine.breakers.map { "\($0.name) \($0.state)" }
    log.append("\(outcome); \(states)")
  }

  private static func judge(_ value: Int) -> FailureFacts? { value == 0 ? FailureFacts() : nil }

  private static func end(of act: Act) throws -> Int {
    switch act {
    case .fail, .nest(_, succeeds: false), .work(_, succeeds: false): throw Refused()
    case .cancel: throw CancellationError()
    case .disappoint: return 0
    case .advance, .succeed, .nest(_, succeeds: true), .work(_, succeeds: true): return 1
    }
  }
}

@Suite("The short way")
struct ShortWayTests {
  @Test("A call decides the same on the short way and on the long one, blocking", arguments: 1...300)
  func blocking(seed: UInt64) throws {
    let scenario = Scenario(Chance(seed: seed))
    let short = try Player(scenario, takesLongWay: false).play(scenario.script)
    let long = try Player(scenario, takesLongWay: true).play(scenario.script)
    #expect(short == long, "seed \(seed): \(scenario.layers), \(scenario.script)")
  }

  @Test("A call decides the same on the short way and on the long one, asynchronous", arguments: 1...100)
  func asynchronous(seed: UInt64) async throws {
    let scenario = Scenario(Chance(seed: seed &+ 1_000))
    let short = try await Player(scenario, takesLongWay: false).playAsynchronously(scenario.script)
    let long = try await Player(scenario, takesLongWay: true).playAsynchronously(scenario.script)
    #expect(short == long, "seed \(seed): \(scenario.layers), \(scenario.script)")
  }

  @Test("A call within a limit of a call around it is bound by that, whatever its own layers are")
  func inherited() async throws {
    let time = VirtualTime()
    let inner = Pipeline("inner", [.retry(.standard)], on: .virtual(time))
    let outer = Pipeline("outer", [.timeout(.milliseconds(100), cancels: false)], on: .virtual(time))
    let late = { time.advance(by: .milliseconds(200)) }
    let isTold: (any Error) -> Bool = { (($0 as? ResilienceError)?.cause as? ResilienceError)?.operation == "inner" }
    #expect {
      try outer.runBlocking { try inner.runBlocking { late() } }
    } throws: {
      isTold($0)
    }
    await #expect {
      try await outer.run { try await inner.run { late() } }
    } throws: {
      isTold($0)
    }
    try inner.runBlocking { late() }
    try await inner.run { late() }
  }

  @Test("A body that its own limit stops is measured, and so are its further attempts", arguments: [true, false])
  func measuredWithinLimits(cancels: Bool) async throws {
    let time = VirtualTime()
    let pipeline = Pipeline(
      "read", [.retry(RetrySettings(attempts: 2, backoff: .none)), .timeout(.milliseconds(10), cancels: cancels)],
      on: .virtual(time))
    await #expect {
      try await pipeline.run { time.advance(by: .milliseconds(15)) }
    } throws: { error in
      guard let error = error as? ResilienceError else { return false }
      return error.code == .timedOut && error.history.map(\.duration) == [.milliseconds(15), .milliseconds(15)]
        && error.history.map(\.started) == [Instant(nanoseconds: 0), Instant(nanoseconds: 15_000_000)]
    }
  }

  @Test("A body that ends at its limit, not cancelled, is in time; a nanosecond later it is not")
  func atTheInstant() async throws {
    for (late, isInTime) in [(0, true), (1, false)] {
      let time = VirtualTime()
      let pipeline = Pipeline("read", [.timeout(.milliseconds(10), cancels: false)], on: .virtual(time))
      let body = { time.advance(by: .milliseconds(10) + .nanoseconds(late)) }
      let asynchronous: Void? = try? await pipeline.run { body() }
      let blocking: Void? = try? pipeline.runBlocking { body() }
      #expect((asynchronous != nil) == isInTime)
      #expect((blocking != nil) == isInTime)
    }
  }

  @Test("The nearest of many limits is the one that a body is told, and one timer is armed for all that cancel")
  func limitsCollapse() async throws {
    let time = VirtualTime()
    let pipeline = Pipeline(
      "read",
      [
        .deadline(.seconds(3)), .timeout(.seconds(2)), .timeout(.seconds(1), cancels: false), .timeout(.seconds(4)),
      ], on: .virtual(time))
    let told = try await pipeline.run {
      #expect(time.armedCount == 1)
      return CallDeadline.current
    }
    #expect(told?.instant == Instant(nanoseconds: 1_000_000_000))
    #expect(told?.cancels == true)
    #expect(CallDeadline.current == nil)
    #expect(time.armedCount == 0)
  }

  @Test("A body keeps its caller's actor within a limit that only observes, and uses what is not sendable")
  @MainActor func observedIsolation() async throws {
    final class Box { var number = 0 }
    let box = Box()
    let pipeline = Pipeline(
      "read", [.timeout(.seconds(10), cancels: false), .retry(.standard)], on: .virtual(VirtualTime()))
    let same = try await pipeline.run {
      MainActor.assertIsolated()
      await Task.yield()
      MainActor.assertIsolated()
      box.number += 1
      return box
    }
    #expect(same === box)
    #expect(box.number == 1)
  }

  @Test("A handle alone keeps its plan readable: the engine may go while a call runs")
  func handleOutlivesEngine() throws {
    var engine: ResilienceEngine? = try PolicyText(
      "version: 1\noperations:\n  read: {layers: [{breaker: {failures: 1, open: 60s}}]}\n"
    ).engine()
    let policy = try #require(try engine?.policy("read"))
    let value = try policy.runBlocking {
      engine = nil
      return try policy.runBlocking { 1 }
    }
    #expect(value == 1)
    #expect(throws: Refused.self) { try policy.runBlocking { throw Refused() } }
    #expect(throws: ResilienceError.self) { try policy.runBlocking { 1 } }
    _ = engine
  }

  @Test("A call that began under a plan ends under it when a reload takes its operation away")
  func removedMeanwhile() async throws {
    let text = PolicyText("version: 1\noperations:\n  read: {layers: [{retry: {attempts: 2, backoff: none}}]}\n")
    let engine = try text.engine()
    let policy = try engine.policy("read")
    var bodies = 0
    let value = try await policy.run {
      bodies += 1
      if bodies == 1 {
        text.write("version: 1\noperations:\n  other: {layers: [{retry: {attempts: 2, backoff: none}}]}\n")
        try await engine.reload()
        throw Refused()
      }
      return bodies
    }
    #expect(value == 2)
    await #expect(throws: ResilienceError.self) { try await policy.run { 1 } }
  }

  @Test("Without a report the first attempt's start is not measured; with one it is")
  func measured() throws {
    let time = VirtualTime()
    let places = Bulkhead("places", BulkheadSettings(concurrent: 1))
    let pipeline = Pipeline(
      "read", [.retry(RetrySettings(attempts: 2, backoff: .none)), .bulkhead(places)], on: .virtual(time))
    let report = CallReport()
    #expect(throws: Refused.self) {
      try pipeline.runBlocking(report: report) {
        time.advance(by: .milliseconds(5))
        throw Refused()
      }
    }
    #expect(report.attempts.map(\.duration) == [.milliseconds(5), .milliseconds(5)])
    var bodies = 0
    #expect {
      try pipeline.runBlocking {
        bodies += 1
        if bodies == 1 { throw Refused() }
        _ = try pipeline.runBlocking { 1 }
      }
    } throws: { error in
      (error as? ResilienceError)?.history.first?.duration == nil
    }
  }
}
