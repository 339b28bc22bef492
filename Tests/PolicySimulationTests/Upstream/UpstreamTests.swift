import PolicyLanguage
import ResilienceCore
import Testing

@testable import PolicySimulation

@Suite("What the callee does")
struct UpstreamTests {
  @Test("Phases follow each other; the last goes on")
  func phases() throws {
    let model = try UpstreamModel(parsing: "ok=20ms@30s,fail:transient=5ms@10s,hang@1m,p50=1ms/p99=2ms/errors=0%@5s")
    #expect(model.phases.map(\.starts) == [0, 30, 40, 100].map { $0 * 1_000_000_000 })
    #expect(model.phases.last?.ends == .max)
    #expect(model.errorClasses == ["transient", "other"])
    var upstream = Upstream(model, classes: ["transient", "other"], chance: Chance(seed: 1))
    let second: UInt64 = 1_000_000_000
    #expect(upstream.attempt(at: 0) == CalleeAttempt(.success, takes: 20_000_000))
    #expect(upstream.attempt(at: 30 * second - 1) == CalleeAttempt(.success, takes: 20_000_000))
    #expect(
      upstream.attempt(at: 30 * second)
        == CalleeAttempt(.failure(classIndex: 0, retryAfter: nil), takes: 5_000_000))
    #expect(upstream.attempt(at: 99 * second).end == .never)
    #expect(upstream.attempt(at: 900 * second).end == .success)
  }

  @Test(
    "What is wrong is said with the nearest that is right",
    arguments: [
      ("okay=5ms", "there is no phase `okay`", "ok=20ms"),
      ("fial=5ms", "there is no phase `fial`", "did you mean `fail`?"),
      ("ok", "does not say how long", "ok=20ms"),
      ("ok=5", "`5`", "5ms"),
      ("ok=20ms,fail=5ms", "the next never comes", "ok=20ms@30s"),
      ("hang=5ms", "`hang` takes no value", "hang@30s"),
      ("p50=20ms", "lacks `p99`", "p50=20ms/p99=200ms"),
      ("p99=20ms", "lacks `p50`", "p50=20ms/p99=200ms"),
      ("p50=20ms/p99=10ms", "above its `p99`", "99 of 100"),
      ("p50=20ms/p99=30ms/errors=0.05", "0.05", "5%"),
      ("p50=20ms/p50=30ms", "`p50` twice", ""),
      ("p50=20ms/ok=30ms", "there is no phase", ""),
      ("ok=5ms/errors=5%", "more than `ok`", ""),
      ("fail:=5ms", "there is no phase `fail:`", "did you mean `fail`?"),
      ("ok=5ms@0s,hang", "lasts no time", "leave it out"),
      ("ok=5ms,", "the next never comes", ""), ("", "a phase is empty", "ok=20ms"),
    ])
  func mistakes(text: String, message: String, help: String) {
    do throws(PlainNumber.Problem) {
      _ = try UpstreamModel(parsing: text)
      Issue.record("`\(text)` is read")
    } catch {
      #expect(error.message.contains(message), "\(error)")
      #expect((error.help ?? "").contains(help), "\(error)")
    }
  }

  @Test("Drawn times have the quantiles that were asked for")
  func curve() {
    let curve = LatencyCurve(p50: 20_000_000, p99: 200_000_000)
    let chance = Chance(seed: 3)
    let times = (0..<100_000).map { _ in curve.time(drawn: chance.next()) }.sorted()
    // The standard error of these quantiles of 100,000 draws is about 1 %; four of them are allowed.
    #expect(abs(Double(times[50_000]) / 20_000_000 - 1) < 0.03)
    #expect(abs(Double(times[99_000]) / 200_000_000 - 1) < 0.06)
    #expect(curve.time(drawn: .min) > 0)
    #expect(curve.time(drawn: .max) < 1_000_000_000_000)
    #expect(LatencyCurve(p50: 7, p99: 7).time(drawn: .max) == 7)
  }

  @Test("The normal distribution's quantiles are those of its tables")
  func quantiles() {
    for (share, quantile) in [
      (0.5, 0.0), (0.975, 1.959963985), (0.99, 2.326347874), (0.001, -3.090232306), (0.01, -2.326347874),
    ] { #expect(abs(NormalQuantile.of(share) - quantile) < 1e-7) }
  }

  @Test("A share of the calls fails")
  func errors() throws {
    let document = try PolicyDocument.layers("[{deadline: 10s}]")
    let run = Run(try .model(document, "p50=1ms/p99=2ms/errors=5%", calls: 20_000, every: 1_000))
    #expect(abs(Double(run.recording.summary[.failure]) / 20_000 - 0.05) < 0.01)
  }
}
