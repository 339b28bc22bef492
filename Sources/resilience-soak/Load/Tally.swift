import Resilience
import Synchronization

/// How calls ended, counted by all workers at once.
final class Tally: Sendable {
  enum Ending: Int, CaseIterable, Sendable {
    case succeeded, fallback, rejected, timedOut, failed, cancelled
  }

  private let started = Atomic(0)
  private let endings = Mutex(Array(repeating: 0, count: Ending.allCases.count))

  /// Counts a call, runs it, and counts how it ended.
  func count(_ body: (CallReport) async throws -> Void) async {
    begin()
    let report = CallReport()
    do {
      try await body(report)
      end(report.fallback == nil ? .succeeded : .fallback)
    } catch {
      end(Ending(of: error))
    }
  }

  /// The same for a call that blocks its thread.
  func countBlocking(_ body: () throws -> Void) {
    begin()
    do {
      try body()
      end(.succeeded)
    } catch {
      end(Ending(of: error))
    }
  }

  private func begin() { started.wrappingAdd(1, ordering: .relaxed) }
  private func end(_ ending: Ending) { endings.withLock { $0[ending.rawValue] += 1 } }

  var startedCount: Int { started.load(ordering: .relaxed) }
  var endedCount: Int { endings.withLock { $0.reduce(0, +) } }

  func count(of ending: Ending) -> Int { endings.withLock { $0[ending.rawValue] } }
}

extension Tally.Ending {
  init(of error: any Error) {
    self =
      switch error {
      case is CancellationError: .cancelled
      case let error as ResilienceError where error.code == .timedOut: .timedOut
      case let error as ResilienceError where error.code != .fallbackFailed: .rejected
      default: .failed
      }
  }
}
