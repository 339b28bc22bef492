import Resilience
import ResilienceTesting
import Synchronization
import Testing

struct Refused: Error, Equatable {}
struct SecondFailure: Error, Equatable {}

/// An answer that knows whether it is one.
struct Answer: FailureDescribing, Equatable {
  var status: Int
  var failureFacts: FailureFacts? { status >= 500 ? FailureFacts(http: status) : nil }
}

/// State that only its own code may touch.
private actor Account {
  private var balance = 0

  func deposit(under policy: Pipeline) async throws -> Int {
    try await policy.run {
      balance += 1
      await Task.yield()
      balance += 1
      return balance
    } fallback: { _ in
      balance = 0
      return balance
    }
  }
}

/// A value that no task may hand to another.
private final class Ledger {
  var lines: [String] = []
}

private let steady = RetrySettings(attempts: 3, backoff: .constant(.milliseconds(100)), jitter: .none)

@Suite("Policies made in code")
struct PipelineTests {
  @Test("Bodies and fallbacks use their caller's actor state, with and without a timeout")
  func actorState() throws {
    try onVirtualTime { time in
      let account = Account()
      let bare = Pipeline("deposit", [.retry(steady)], on: .virtual(time))
      let first = try await account.deposit(under: bare)
      let timed = Pipeline("deposit", [.deadline(.seconds(1)), .retry(steady)], on: .virtual(time))
      let second = try await account.deposit(under: timed)
      #expect((first, second) == (2, 4))
    }
  }

  @Test("What a pipeline decides is told to its sinks")
  func sinks() throws {
    try onVirtualTime { time in
      let recorder = EventRecorder()
      let pipeline = Pipeline("write", [.retry(steady)], sinks: [recorder], on: .virtual(time))
      await #expect(throws: Refused.self) { try await pipeline.run { throw Refused() } }
      try recorder.expectInOrder(.retryScheduled, .retryScheduled, .retryStopped)
      #expect(recorder.all.last?.description == "write: attempt 3 failed with other, and no attempt is left")
    }
  }

  @Test("Neither bodies nor values need be sendable")
  func notSendable() throws {
    try onVirtualTime { time in
      let pipeline = Pipeline("write", [.retry(steady), .timeout(.seconds(1))], on: .virtual(time))
      let ledger = Ledger()
      let same = try await pipeline.run {
        ledger.lines.append("tried")
        if ledger.lines.count < 3 { throw Refused() }
        return ledger
      }
      #expect(same === ledger)
      #expect(ledger.lines.count == 3)
      #expect(time.now == Instant(nanoseconds: 200_000_000))
    }
  }

  @Test("Layers act from the outermost in: the deadline cuts the retries short")
  func layers() throws {
    try onVirtualTime { time in
      let pipeline = Pipeline("read", [.deadline(.milliseconds(150)), .retry(steady)], on: .virtual(time))
      let report = CallReport()
      await #expect(throws: Refused.self) { try await pipeline.run(report: report) { () -> Int in throw Refused() } }
      #expect(report.attempts.map(\.stop) == [nil, "deadline"])
    }
  }

  @Test("A fallback at the call is told the failure and stands in for it")
  func fallback() throws {
    try onVirtualTime { time in
      let pipeline = Pipeline("read", [.retry(steady)], on: .virtual(time))
      let report = CallReport()
      let value = try await pipeline.run(report: report) { () -> Int in
        throw Refused()
      } fallback: { failure in
        failure is Refused ? 7 : 0
      }
      #expect(value == 7)
      #expect(report.fallback == "call site")
      #expect(report.attempts.count == 3)
      let blocking = try pipeline.runBlocking { () -> Int in
        throw Refused()
      } fallback: { _ in
        8
      }
      #expect(blocking == 8)
    }
  }

  @Test("F1: when the fallback at the call fails too, one error carries both")
  func fallbackFails() throws {
    try onVirtualTime { time in
      let pipeline = Pipeline("read", [.retry(steady)], on: .virtual(time))
      let asynchronous = await #expect(throws: ResilienceError.self) {
        try await pipeline.run { () -> Int in
          throw Refused()
        } fallback: { _ in
          throw SecondFailure()
        }
      }
      let blocking = #expect(throws: ResilienceError.self) {
        try pipeline.runBlocking { () -> Int in
          throw Refused()
        } fallback: { _ in
          throw SecondFailure()
        }
      }
      for error in [asynchronous, blocking] {
        #expect(error?.code == .fallbackFailed)
        #expect(error?.cause is Refused)
        #expect(error?.fallbackError is SecondFailure)
      }
    }
  }

  @Test("T6: a fallback at the call never stands in for a cancellation")
  func cancelled() throws {
    try onVirtualTime { time in
      let pipeline = Pipeline("read", [.retry(steady)], on: .virtual(time))
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          await #expect(throws: CancellationError.self) {
            try await pipeline.run { () -> Int in
              throw Refused()
            } fallback: { _ in
              1
            }
          }
        }
        group.addTask { try await VirtualClock(time).sleep(for: .milliseconds(50)) }
        try await group.next()
        group.cancelAll()
      }
      #expect(throws: CancellationError.self) {
        try pipeline.runBlocking { () -> Int in
          throw CancellationError()
        } fallback: { _ in
          1
        }
      }
    }
  }

  @Test("A value can be a failure: it is tried again, and returned when nothing better is found")
  func failedValues() throws {
    try onVirtualTime { time in
      let pipeline = Pipeline("read", [.retry(steady)], on: .virtual(time))
      var answers = [503, 503, 200].map { Answer(status: $0) }[...]
      let third = try await pipeline.run { answers.removeFirst() }
      #expect(third == Answer(status: 200))
      let failed = try await pipeline.run { Answer(status: 500) }
      #expect(failed == Answer(status: 500))
      let blocking = try pipeline.runBlocking { Answer(status: 500) }
      #expect(blocking == Answer(status: 500))
      let served = try await pipeline.run {
        Answer(status: 500)
      } fallback: { failure in
        Answer(status: (failure as? ResilienceError)?.code == .resultFailed ? 200 : 0)
      }
      #expect(served == Answer(status: 200))
    }
  }

  @Test("The caller can say which values are failures")
  func classifiedValues() throws {
    try onVirtualTime { time in
      let pipeline = Pipeline("read", [.retry(steady)], on: .virtual(time))
      var tries = 0
      let value = try await pipeline.run(classify: { $0 < 3 ? FailureFacts(kind: "small") : nil }) {
        tries += 1
        return tries
      }
      #expect(value == 3)
      let served = try pipeline.runBlocking(classify: { (_: Int) in FailureFacts() }) {
        1
      } fallback: { _ in
        2
      }
      #expect(served == 2)
    }
  }
}
