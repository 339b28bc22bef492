import Resilience
import ResilienceCore
import ResilienceTesting
import Testing

@Suite struct DeadlockTests {
  private func deadlock(_ body: @escaping @Sendable (VirtualTime) async throws -> Void) -> Deadlock? {
    #expect(throws: Deadlock.self) { try onVirtualTime(body) }
  }

  @Test func namesWhoWaitsForWhat() {
    let found = deadlock { time in
      let engine = try ResilienceEngine.forTesting(
        policies: """
          version: 1
          operations:
            users.get: {layers: [{bulkhead: places}]}
          bulkheads: {places: {concurrent: 1, queue: 5}}
          """, on: time)
      let policy = try engine.policy("users.get")
      let reply = Gate("the reply", on: time)
      try await VirtualClock(time).sleep(for: .seconds(3))
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await time.named("worker 1") { try await policy.run { try await reply.wait() } } }
        group.addTask { try await time.named("worker 2") { try await policy.run {} } }
        group.addTask { _ = await Waiter().wait(until: nil, on: .virtual(time)) }
        try await group.waitForAll()
      }
    }
    #expect(
      found?.description == """
        deadlock at 3 s: no task is ready, no timer is armed, and the body has not ended
          worker 1 waits for the reply, since 3 s
          worker 2 waits for a place in bulkhead `places` (operation users.get), since 3 s
          a task without a name waits for something, since 3 s
        """)
    #expect(found?.at == Instant(nanoseconds: 3_000_000_000))
  }

  @Test func aNamedPartThatWaitsForSomethingElseIsThereToo() {
    let found = deadlock { time in
      await time.named("worker 3") { await unsafe withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
    }
    #expect(found?.waits == ["worker 3 waits for something that is not of this time"])
  }

  @Test func aNameEndsWithItsPart() {
    let found = deadlock { time in
      await time.named("outer") {
        await time.named("inner") {}
        _ = await Waiter(for: .other("a reply")).wait(until: nil, on: .virtual(time))
      }
    }
    #expect(found?.waits == ["outer waits for a reply, since 0 us"])
  }

  @Test func aPartThatWaitsForItsOwnPartsIsNotToldBesideThem() {
    let found = deadlock { time in
      await time.named("outer") {
        await withTaskGroup(of: Void.self) { group in
          group.addTask {
            await time.named("reader") { _ = await Waiter(for: .other("a reply")).wait(until: nil, on: .virtual(time)) }
          }
          group.addTask {
            await time.named("writer") {
              await unsafe withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
            }
          }
        }
      }
    }
    #expect(
      found?.waits == [
        "reader waits for a reply, since 0 us", "writer waits for something that is not of this time",
      ])
  }

  @Test func aBodyThatSaysNothingIsADeadlockWithoutWaits() {
    let found = deadlock { _ in await unsafe withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
    #expect(found?.waits == [])
    #expect(found?.description.hasSuffix("the body waits for something that is not of this time") == true)
  }
}

@Suite struct GateTests {
  @Test func openLetsEverybodyThrough() throws {
    try onVirtualTime { time in
      let gate = Gate("the start", on: time)
      await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<3 { group.addTask { try await gate.wait() } }
        try? await VirtualClock(time).sleep(for: .seconds(1))
        gate.open()
      }
      try await gate.wait()
    }
  }

  @Test("T6: a cancelled task does not wait on")
  func cancellation() throws {
    try onVirtualTime { time in
      let gate = Gate("the start", on: time)
      await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await #expect(throws: CancellationError.self) { try await gate.wait() } }
        group.cancelAll()
      }
    }
  }
}
