import PolicyLanguage
import PolicySimulation
import ResilienceCore
import Testing

@Suite("Runs of an upstream model")
struct SteadyRunTests {
  private static let policies = """
    version: 1
    breakers: {b: {failures: 5, open: {for: 1s, jitter: 20%}, halfOpen: 2}}
    retries: {r: {attempts: 3, backoff: {initial: 10ms, factor: 2, max: 1s}}}
    operations:
      op: {idempotent: true, layers: [{deadline: 1s}, {retry: r}, {breaker: b}, {timeout: 200ms}]}

    """

  @Test("A model tells the same as a script that says the same")
  func modelAsScript() throws {
    let document = try PolicyDocument.reading(Self.policies)
    let model = try Simulation.model(document, "fail=5ms@500ms,hang@300ms,ok=20ms", calls: 100, every: 10_000_000)
    // Attempts go by when they start, so the script has them end as their own instant says.
    let starts = Run(model).events.compactMap { event -> (call: Int, at: UInt64)? in
      guard case .attemptStarted = event.kind, let call = event.call else { return nil }
      return (call, event.at)
    }
    let lines = (1...100).map { call -> String in
      let ends = starts.filter { $0.call == call }.map { start in
        switch start.at {
        case ..<500_000_000: #"{"takes":"5ms","end":"fail"}"#
        case ..<800_000_000: #"{"end":"hang"}"#
        default: #"{"takes":"20ms","end":"ok"}"#
        }
      }
      let attempts = ends.isEmpty ? #"{"end":"ok"}"# : ends.joined(separator: ",")
      return #"{"at":"\#((call - 1) * 10)ms","attempts":[\#(attempts)]}"#
    }
    let script = try Simulation.script(document, lines.joined(separator: "\n"))
    #expect(Run(script).lines == Run(model).lines)
  }

  @Test("T3: the same seed gives the same bytes, another seed others")
  func seeds() throws {
    let document = try PolicyDocument.reading(Self.policies)
    func lines(_ seed: UInt64) throws -> [String] {
      Run(
        try .model(document, "p50=20ms/p99=300ms/errors=10%", calls: 500, every: 5_000_000, luck: .seed(seed))
      ).lines
    }
    #expect(try lines(7) == lines(7))
    #expect(try lines(7) != lines(8))
  }

  @Test("Without chance every wait is the shortest, or the longest")
  func luck() throws {
    let document = try PolicyDocument.layers(
      "[{retry: {attempts: 2, backoff: {initial: 100ms, factor: 2, max: 1s, jitter: equal}}}]")
    for (luck, delay) in [(Simulation.Luck.shortestWaits, UInt64(50)), (.longestWaits, 100)] {
      let run = Run(try .model(document, "fail=0ms", calls: 1, luck: luck))
      #expect(run.events.contains { $0.kind == .retryScheduled(delay: delay * 1_000_000) })
    }
  }

  @Test("A rate spreads its calls evenly over its time")
  func rate() throws {
    let load = try #require(SteadyLoad(Rate(3, per: .seconds(1)), for: 2_000_000_000))
    #expect(load.calls == 6)
    let document = try PolicyDocument.layers("[{deadline: 1s}]")
    let run = Run(Simulation(of: "op", in: document, .steady(load, try UpstreamModel(parsing: "ok=1ms"))))
    let starts = run.events.filter { $0.kind == .callStarted }.map(\.at)
    #expect(starts == [0, 333_333_333, 666_666_666, 1_000_000_000, 1_333_333_333, 1_666_666_666])
    #expect(SteadyLoad(Rate(1_000_000_000, per: .seconds(1)), for: 2_000_000_000) == nil)
  }

  @Test("K1: calls that wait for a place in a long queue all get one, in their order")
  func longQueue() throws {
    let document = try PolicyDocument.layers("[{bulkhead: {concurrent: 1, queue: 2000}}]")
    let run = Run(try .model(document, "ok=1ms", calls: 1_000))
    #expect(run.recording.summary[.success] == 1_000)
    let ends = run.events.filter { if case .callEnded = $0.kind { true } else { false } }.compactMap(\.call)
    #expect(ends == Array(1...1_000))
    #expect(run.recording.summary.end == 1_000_000_000)
  }

  @Test("Calls that hang for ever are counted, and keep what they hold, however many there are")
  func endless() throws {
    let document = try PolicyDocument.layers("[{bulkhead: {concurrent: 70000}}]")
    let recording = try Simulation.model(document, "hang", calls: 70_010, every: 1_000).run()
    #expect(recording.summary.unfinished == 70_000)
    #expect(recording.summary[.rejected] == 10)
  }
}
