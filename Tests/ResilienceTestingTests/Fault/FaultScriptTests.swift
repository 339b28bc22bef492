import ResilienceCore
import ResilienceTesting
import Testing

private struct Broken: Error, Equatable {
  var number = 0
}

@Suite struct FaultScriptTests {
  /// What a number of calls, one after the other, gave, and when.
  private func play(
    _ script: FaultScript<String>, calls: Int, seed: UInt64 = 0, pause: Duration = .zero
  ) throws -> [String] {
    try onVirtualTime { time in
      let upstream = script.upstream(on: time, seed: seed)
      var seen: [String] = []
      for _ in 0..<calls {
        let text: String
        do { text = try await upstream.call() } catch { text = "\(error)" }
        seen.append("\(time.now.nanoseconds / 1_000_000) \(text)")
        try await VirtualClock(time).sleep(for: pause)
      }
      #expect(upstream.calls == calls)
      #expect(upstream.running == 0)
      return seen
    }
  }

  @Test func eachCallTakesAStepAndTheLastGoesOn() throws {
    let script = FaultScript(
      .ok("a", after: .milliseconds(20)), .fail(Broken(number: 1), after: .milliseconds(5)), .ok("b"))
    #expect(try play(script, calls: 5) == ["20 a", "25 Broken(number: 1)", "25 b", "25 b", "25 b"])
  }

  @Test func repetitionsNest() throws {
    let script = FaultScript(.repeat(2, .ok("a"), .repeat(2, .ok("b"))), .ok("c"))
    let seen = try play(script, calls: 8).map { $0.dropFirst(2) }
    #expect(seen == ["a", "b", "b", "a", "b", "b", "c", "c"])
    #expect(try play(FaultScript(.repeat(0, .ok("a")), .ok("b")), calls: 1) == ["0 b"])
    let endless = FaultScript(.repeat(.max, .repeat(.max, .ok("a"))), .ok("never"))
    #expect(try play(endless, calls: 2) == ["0 a", "0 a"])
  }

  @Test func aScriptThatEndsWithARepetitionGoesOnWithItsLastStep() throws {
    let script = FaultScript(.repeat(2, .ok("a"), .ok("b")))
    #expect(try play(script, calls: 6).map { $0.last } == ["a", "b", "a", "b", "b", "b"])
  }

  @Test func phasesBeginAndEndAtTheirInstants() throws {
    let script = FaultScript<String>(
      phases: .lasting(.seconds(2), .ok("well")), .lasting(.seconds(3), .ok("slow"), .fail(Broken())),
      .forever(.ok("back")))
    let seen = try play(script, calls: 7, pause: .seconds(1))
    #expect(
      seen == [
        "0 well", "1000 well", "2000 slow", "3000 Broken(number: 0)", "4000 Broken(number: 0)", "5000 back",
        "6000 back",
      ])
  }

  @Test("T3: a mix follows its seed and comes near its percentages")
  func mixes() throws {
    let script = FaultScript<String>(
      .mix((90, .ok("well", after: .milliseconds(1) ... .milliseconds(9))), (10, .fail(Broken()))))
    let first = try play(script, calls: 1_000, seed: 4)
    #expect(try first == play(script, calls: 1_000, seed: 4))
    #expect(try first != play(script, calls: 1_000, seed: 5))
    let failures = first.count { $0.hasSuffix("Broken(number: 0)") }
    #expect((60...140).contains(failures))
  }

  @Test func voidScriptsNeedNoValue() throws {
    try onVirtualTime { time in
      let upstream = FaultScript(.ok(after: .milliseconds(20)), .hang).upstream(on: time)
      try await upstream.call()
      #expect(time.now.nanoseconds == 20_000_000)
    }
  }

  @Test func aHangEndsWithItsCancellationOnly() throws {
    try onVirtualTime { time in
      let upstream = FaultScript<String>(.hang).upstream(on: time)
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<3 {
          group.addTask { await #expect(throws: CancellationError.self) { _ = try await upstream.call() } }
        }
        try? await VirtualClock(time).sleep(for: .seconds(3_600))
        #expect(upstream.running == 3)
        #expect(upstream.mostAtOnce == 3)
        group.cancelAll()
      }
      #expect(upstream.running == 0)
      #expect(upstream.cancelled == 3)
    }
  }

  @Test func aDeafCallTakesItsTimeAlthoughItIsCancelled() throws {
    try onVirtualTime { time in
      let upstream = FaultScript(.ok("late", after: .seconds(5), heedsCancellation: false)).upstream(on: time)
      let value = try await withThrowingTaskGroup(of: String.self) { group in
        group.addTask { try await upstream.call() }
        group.cancelAll()
        return try await group.next()
      }
      #expect(value == "late")
      #expect(time.now.nanoseconds == 5_000_000_000)
    }
  }
}
