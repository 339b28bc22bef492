import ResilienceTesting
import Testing

@testable import ResilienceCore

private struct BodyError: Error {}
private let instant = Instant(nanoseconds: 50)

@Suite struct CancellationTests {
  @Test("D4: a cooperative body is cancelled at the instant")
  func cancelsAtInstant() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      let end = await withCancellation(at: instant, on: time) { try await time.sleep(until: Instant(nanoseconds: 100)) }
      #expect(end.fired)
      #expect(end.ended == instant)
      #expect(throws: CancellationError.self) { _ = try end.result.get() }
      #expect(virtual.armedCount == 0)
    }
  }

  @Test("D4: a cooperative body that ignores its cancellation is awaited, and its late success shows as late")
  func awaitsLateBody() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      let end = await withCancellation(at: instant, on: time) {
        try? await time.sleep(until: Instant(nanoseconds: 100))
        virtual.advance(to: Instant(nanoseconds: 120))
        return 7
      }
      #expect(end.fired)
      #expect(end.ended == Instant(nanoseconds: 120))
      #expect(end.value == 7)
    }
  }

  @Test("D4: a success exactly at the instant is in time")
  func successAtInstant() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      let answer = Waiter()
      _ = virtual.arm(at: instant, .call { _ = answer.grant() })
      let end = await withCancellation(at: instant, on: time) {
        #expect(await answer.wait(until: nil, on: time) == .granted)
        return 7
      }
      #expect(end.value == 7)
      #expect(end.ended == instant)
    }
  }

  @Test func aBodyThatIsInTimeIsNotFired() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      let end = await withCancellation(at: instant, on: time) {
        try await time.sleep(until: Instant(nanoseconds: 49))
        return 7
      }
      #expect(!end.fired)
      #expect(end.value == 7)
      #expect(end.ended == Instant(nanoseconds: 49))
      #expect(virtual.armedCount == 0)
      #expect(virtual.now == Instant(nanoseconds: 49))
    }
  }

  @Test func theBodysOwnErrorComesBackUnchanged() throws {
    try onVirtualTime { virtual in
      let end = await withCancellation(at: instant, on: .virtual(virtual)) { throw BodyError() }
      #expect(!end.fired)
      #expect(throws: BodyError.self) { _ = try end.result.get() }
      #expect(virtual.armedCount == 0)
    }
  }

  @Test("T6: cancelling the caller cancels the body at once")
  func callerCancels() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          let end = await withCancellation(at: instant, on: time) {
            try await time.sleep(until: Instant(nanoseconds: 100))
          }
          #expect(!end.fired)
          #expect(end.ended == Instant(nanoseconds: 20))
          #expect(throws: CancellationError.self) { _ = try end.result.get() }
        }
        try await time.sleep(until: Instant(nanoseconds: 20))
        group.cancelAll()
      }
      #expect(virtual.armedCount == 0)
    }
  }

  @Test("D3: the caller's own cancellation wins a tie with the instant")
  func callerWinsTie() throws {
    for seed in 0..<20 as Range<UInt64> {
      try onVirtualTime(seed: seed) { virtual in
        let time = TimeSource.virtual(virtual)
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask {
            let end = await withCancellation(at: instant, on: time) {
              try? await time.sleep(until: Instant(nanoseconds: 100))
              // Still unwinding when the caller is cancelled at the same instant.
              await Task.yield()
              await Task.yield()
            }
            #expect(end.ended == instant)
            if Task.isCancelled { #expect(!end.fired, "seed \(seed)") }
          }
          try await time.sleep(until: instant)
          group.cancelAll()
        }
      }
    }
  }

  @Test("T3: a body on virtual time starts at once and stays in the run")
  func startsAtOnce() throws {
    for seed in [nil, 1, 2, 3] as [UInt64?] {
      try onVirtualTime(seed: seed) { virtual in
        let time = TimeSource.virtual(virtual)
        let home = ThreadIdentity.current
        _ = await withCancellation(at: instant, on: time) {
          #expect(ThreadIdentity.current == home)
          try? await time.sleep(until: Instant(nanoseconds: 10))
          #expect(ThreadIdentity.current == home)
          await concurrently { #expect(ThreadIdentity.current == home) }
        }
        #expect(ThreadIdentity.current == home)
      }
    }
  }

  @Test func aTaskLocalValueReachesTheBody() throws {
    try onVirtualTime { virtual in
      await Marker.$value.withValue(3) {
        let end = await withCancellation(at: instant, on: .virtual(virtual)) { Marker.value }
        #expect(end.value == 3)
      }
    }
  }

  @Test func nestedDeadlinesFireTheInnerOne() throws {
    try onVirtualTime { virtual in
      let time = TimeSource.virtual(virtual)
      let outer = await withCancellation(at: Instant(nanoseconds: 80), on: time) {
        await withCancellation(at: instant, on: time) { try await time.sleep(until: Instant(nanoseconds: 100)) }
      }
      #expect(!outer.fired)
      #expect(outer.value?.fired == true)
      #expect(virtual.now == instant)
      #expect(virtual.armedCount == 0)
    }
  }

  @Test func aBodyMayUseAndReturnWhatIsNotSendable() async {
    let box = Box()
    let end = await withCancellation(at: .distantFuture, on: .system) {
      box.number += 1
      return box
    }
    #expect(end.value === box)
    #expect(box.number == 1)
  }

  @Test func aBodyKeepsItsCallersActor() async {
    let account = Account()
    #expect(await account.deposit(5) == 5)
    #expect(await account.deposit(6) == 11)
  }

  @Test @MainActor func aBodyKeepsTheMainActor() async {
    let end = await withCancellation(at: .distantFuture, on: .system) {
      MainActor.assertIsolated()
      await Task.yield()
      MainActor.assertIsolated()
      return 1
    }
    #expect(end.value == 1)
  }

  @Test func theSystemsTimerCancelsABody() async {
    let time = TimeSource.system
    let instant = time.now.advanced(by: 2_000_000)
    let end = await withCancellation(at: instant, on: time) { try await time.sleep(until: .distantFuture) }
    #expect(end.fired)
    #expect(end.ended >= instant)
    #expect(throws: CancellationError.self) { _ = try end.result.get() }
  }

  @Test func bodiesThatEndWhileTheirTimersFireDoNoHarm() async {
    let time = TimeSource.system
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<4 as Range<UInt64> {
        group.addTask {
          let chance = Chance(seed: task)
          for _ in 0..<1_000 {
            let start = time.now
            let length = chance.draw(0...150_000)
            let end = await withCancellation(at: start.advanced(by: 100_000), on: time) {
              try await time.sleep(until: start.advanced(by: length))
            }
            #expect(!end.fired || end.ended >= start.advanced(by: 100_000))
          }
        }
      }
    }
  }
}

extension TimedResult {
  fileprivate var value: Value? { try? result.get() }
}

private enum Marker {
  @TaskLocal static var value = 0
}

private final class Box { var number = 0 }

private actor Account {
  private var balance = 0

  func deposit(_ amount: Int) async -> Int {
    let end = await withCancellation(at: .distantFuture, on: .system) {
      self.assertIsolated()
      balance += amount
      await Task.yield()
      self.assertIsolated()
      return balance
    }
    return (try? end.result.get()) ?? -1
  }
}

@concurrent private func concurrently(_ body: @Sendable () -> Void) async { body() }
