import Resilience

/// Calls an operation steadily, as the users of a service would, and notes how each call ends.
struct Load: Sendable {
  /// The time between two calls of one operation.
  static let interval = Duration.milliseconds(50)

  let operation: DemoOperation
  let policy: TypedPolicy<String>
  let client: Client
  let ledger: Ledger

  /// Starts a call each interval until the moment, and returns when the last has ended.
  func run(until end: ContinuousClock.Instant) async {
    await withDiscardingTaskGroup { group in
      var next = ContinuousClock.now
      while next < end {
        group.addTask { await call() }
        next += Self.interval
        try? await Task.sleep(until: next)
      }
    }
  }

  /// One call: here a policy and the work that it guards meet.
  private func call() async {
    ledger.start(operation)
    let report = CallReport()
    do {
      _ = try await policy.run(report: report) { try await client.ask(operation.rawValue) }
      ledger.end(operation, outcome(of: report))
    } catch let error as ResilienceError where error.code == .circuitOpen {
      ledger.end(operation, .rejected)
    } catch is CancellationError {
      return
    } catch {
      ledger.end(operation, .failed)
    }
  }

  private func outcome(of report: CallReport) -> CallOutcome {
    if report.fallback != nil { return .fallback }
    return report.attempts.isEmpty ? .ok : .retried
  }
}
