import ResilienceCore
import ResilienceTesting
import Testing

@testable import Resilience

private struct Unreachable: Error {}

private func engine(on time: VirtualTime, sinks: [any EventSink] = []) throws -> ResilienceEngine {
  try .forTesting(
    policies: """
      version: 1
      breakers: {database: {failures: 2, open: 1s, halfOpen: 1}}
      operations: {users.get: {layers: [{breaker: database}]}}
      """, on: time, sinks: sinks)
}

@Suite struct EventStreamTests {
  @Test func eachReaderGetsEveryEventFromItsBeginningOn() throws {
    try onVirtualTime { time in
      let engine = try engine(on: time)
      let policy = try engine.policy("users.get")
      var early = engine.events.makeAsyncIterator()
      for _ in 0..<2 { try? await policy.run { throw Unreachable() } }
      var late = engine.events.makeAsyncIterator()
      try? await policy.run {}
      #expect(await early.next()?.kind.name == .breakerOpened)
      #expect(await early.next()?.kind.name == .rejected)
      #expect(await late.next()?.kind.name == .rejected)
    }
  }

  @Test func aReaderThatWaitsIsWoken() throws {
    try onVirtualTime { time in
      let engine = try engine(on: time)
      let policy = try engine.policy("users.get")
      var events = engine.events.makeAsyncIterator()
      async let calls: Void = {
        try? await VirtualClock(time).sleep(for: .seconds(5))
        for _ in 0..<2 { try? await policy.run { throw Unreachable() } }
      }()
      #expect(await events.next()?.kind.name == .breakerOpened)
      #expect(time.now.nanoseconds == 5_000_000_000)
      await calls
    }
  }

  @Test func aSlowReaderHoldsUpNobodyAndLearnsWhatItLost() throws {
    try onVirtualTime { time in
      let engine = try engine(on: time)
      let policy = try engine.policy("users.get")
      var events = engine.events(bufferingNewest: 3).makeAsyncIterator()
      for _ in 0..<12 { try? await policy.run { throw Unreachable() } }
      guard case .eventsDropped(count: 8)? = await events.next()?.kind else {
        Issue.record("the loss was not told")
        return
      }
      for _ in 0..<3 { #expect(await events.next()?.kind.name == .rejected) }
      try? await policy.run {}
      #expect(await events.next()?.kind.name == .rejected)
    }
  }

  @Test("B16: a reader that is left is forgotten")
  func left() throws {
    try onVirtualTime { time in
      let engine = try engine(on: time)
      let policy = try engine.policy("users.get")
      for _ in 0..<1_000 { _ = engine.events.makeAsyncIterator() }
      #expect(engine.hub.listenerCount == 0)
      async let reading: Void = {
        for await _ in engine.events { break }
      }()
      try await VirtualClock(time).sleep(for: .seconds(1))
      #expect(engine.hub.listenerCount == 1)
      for _ in 0..<2 { try? await policy.run { throw Unreachable() } }
      await reading
      #expect(engine.hub.listenerCount == 0)
      #expect(engine.hub.observer == nil)
    }
  }

  @Test("T6: a cancelled reader stops at once")
  func cancellation() throws {
    try onVirtualTime { time in
      let engine = try engine(on: time)
      await withTaskGroup(of: Int.self) { group in
        group.addTask { await engine.events.reduce(0) { count, _ in count + 1 } }
        try? await VirtualClock(time).sleep(for: .seconds(1))
        group.cancelAll()
        #expect(await group.next() == 0)
      }
      #expect(engine.hub.listenerCount == 0)
    }
  }

  @Test func aStreamEndsWithItsEngine() throws {
    try onVirtualTime { time in
      var kept: ResilienceEngine? = try engine(on: time)
      let stream = try #require(kept?.events)
      async let count = stream.reduce(0) { count, _ in count + 1 }
      try await VirtualClock(time).sleep(for: .seconds(1))
      kept = nil
      #expect(await count == 0)
      var after = stream.makeAsyncIterator()
      #expect(await after.next() == nil)
    }
  }

  @Test func aHandleThatOutlivesItsEngineStillTells() throws {
    try onVirtualTime { time in
      let recorder = EventRecorder()
      let policy = try engine(on: time, sinks: [recorder]).policy("users.get")
      for _ in 0..<2 { try? await policy.run { throw Unreachable() } }
      try recorder.expect(.breakerOpened)
    }
  }
}

@Suite struct SinkTests {
  @Test func aSinkComesAndGoesWhileTheEngineRuns() throws {
    try onVirtualTime { time in
      let (first, second) = (EventRecorder(), EventRecorder())
      let engine = try engine(on: time, sinks: [first])
      let policy = try engine.policy("users.get")
      let subscription = engine.add(second)
      for _ in 0..<2 { try? await policy.run { throw Unreachable() } }
      subscription.cancel()
      subscription.cancel()
      try? await policy.run {}
      #expect(first.all.map(\.kind.name) == [.breakerOpened, .rejected])
      #expect(second.all.map(\.kind.name) == [.breakerOpened])
      // A recorder that is added to a plan that has none: calls that began without listeners tell it, too.
      engine.add(second)
      try? await policy.run {}
      #expect(second.all.count == 2)
    }
  }

  @Test("B19: sinks come and go while events are handed out", .timeLimit(.minutes(20)))
  func storm() async throws {
    let engine = try engine(on: VirtualTime())
    let policy = try engine.policy("users.get")
    for _ in 0..<2 { try? await policy.run { throw Unreachable() } }
    let always = EventRecorder(capacity: 10)
    engine.add(always)
    let done = Shared(false)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<2 {
        group.addTask {
          for _ in 0..<2_000 { try? await policy.run {} }
          done.change { $0 = true }
        }
      }
      for _ in 0..<2 {
        group.addTask {
          while !done.value {
            let subscription = engine.add(EventRecorder(capacity: 2))
            var events = engine.events(bufferingNewest: 2).makeAsyncIterator()
            _ = await withTaskGroup(of: Bool.self) { group in
              group.addTask {
                await Task.yield()
                return true
              }
              return await group.next()
            }
            subscription.cancel()
            _ = events
            events = engine.events.makeAsyncIterator()
          }
        }
      }
    }
    #expect(always.all.count + always.droppedCount == 4_000)
    #expect(engine.hub.listenerCount == 1)
  }

  @Test func aSinkMayTakeItselfAwayWhileItIsTold() throws {
    final class Once: EventSink {
      let subscription = Shared<EventSubscription?>(nil)
      let count = Shared(0)

      func receive(_ event: ResilienceEvent) {
        count.change { $0 += 1 }
        subscription.value?.cancel()
      }
    }
    try onVirtualTime { time in
      let engine = try engine(on: time)
      let policy = try engine.policy("users.get")
      let once = Once()
      let subscription = engine.add(once)
      once.subscription.change { $0 = subscription }
      for _ in 0..<5 { try? await policy.run { throw Unreachable() } }
      #expect(once.count.value == 1)
    }
  }

  @Test func nothingIsToldOfCallsThatGoRight() throws {
    try onVirtualTime { time in
      let recorder = EventRecorder()
      let engine = try engine(on: time, sinks: [recorder])
      let policy = try engine.policy("users.get")
      for _ in 0..<100 { try await policy.run {} }
      #expect(recorder.all.isEmpty)
    }
  }
}

@Suite struct EventRecorderTests {
  @Test func keepsTheNewestAndCountsTheOthers() {
    let recorder = EventRecorder(capacity: 3)
    for number in 1...5 { recorder.receive(.dropped(number, at: Instant(nanoseconds: 0))) }
    #expect(recorder.description == "3 events were lost here\n4 events were lost here\n5 events were lost here")
    #expect(recorder.droppedCount == 2)
    recorder.clear()
    #expect(recorder.all.isEmpty)
    #expect(recorder.droppedCount == 0)
  }

  @Test("A bounded queue is a queue", arguments: 0..<20 as Range<UInt64>)
  func queue(seed: UInt64) throws {
    let chance = Chance(seed: seed)
    let capacity = Int(chance.draw(1...5))
    var queue = BoundedQueue<Int>(capacity: capacity)
    var model: [Int] = []
    var lost = 0
    for step in 0..<300 {
      if chance.happens(.percent(60)) {
        queue.append(step)
        model.append(step)
        if model.count > capacity {
          model.removeFirst()
          lost += 1
        }
      } else {
        let expected = model.isEmpty ? nil : model.removeFirst()
        try #require(queue.popFirst() == expected, "seed \(seed), step \(step)")
      }
      try #require(queue.elements == model && queue.oldest == model.first, "seed \(seed), step \(step)")
      try #require(queue.lost == lost, "seed \(seed), step \(step)")
    }
  }
}
