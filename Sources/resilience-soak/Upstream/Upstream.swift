import Resilience
import ResilienceCore
import Synchronization

/// A dependency that changes its mood: it answers, fails, dawdles or hangs.
final class Upstream: Sendable {
  /// What calls meet.
  enum Mood: CaseIterable, Sendable {
    case well, failing, flapping, slow, hanging
  }

  /// What it throws.
  struct Failure: Error, FailureDescribing {
    let status: Int

    var failureFacts: FailureFacts? { FailureFacts(http: status) }
  }

  let name: String
  private let mood = Mutex(Mood.well)

  init(_ name: String) { self.name = name }

  func become(_ mood: Mood) { self.mood.withLock { $0 = mood } }

  /// Answers a call after a time, as its mood is when the call comes.
  func call() async throws -> Int {
    let chance = Int.random(in: 0..<100)
    switch mood.withLock({ $0 }) {
    case .well: try await answer(after: .microseconds(Int.random(in: 0...3_000)))
    case .failing: try await fail(after: .microseconds(Int.random(in: 0...2_000)))
    case .flapping where chance < 50: try await fail(after: .zero)
    case .flapping: try await answer(after: .milliseconds(1))
    case .slow: try await answer(after: .milliseconds(Int.random(in: 20...120)))
    case .hanging where chance < 90: try await answer(after: .seconds(3_600))
    case .hanging: try await answer(after: .zero)
    }
    return chance
  }

  /// The same without waiting, for threads: what would take time fails.
  func callBlocking() throws -> Int {
    switch mood.withLock({ $0 }) {
    case .well, .slow: return 1
    case .failing, .hanging: throw Failure(status: 503)
    case .flapping: if Bool.random() { return 1 } else { throw Failure(status: 503) }
    }
  }

  /// Not with `Task.sleep`: one that is cancelled leaves its timer behind until it is due (Swift 6.3 on Linux), 1.4 KB for each call that
  /// hangs for an hour, which is what would be seen of memory here.
  private func answer(after time: Duration) async throws {
    if time > .zero { try await TimeSource.system.sleep(until: TimeSource.system.now.advanced(by: time.nanoseconds)) }
  }

  private func fail(after time: Duration) async throws {
    try await answer(after: time)
    throw Failure(status: Int.random(in: 0..<10) == 0 ? 404 : 503)
  }
}
