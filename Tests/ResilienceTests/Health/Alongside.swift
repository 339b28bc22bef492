import Resilience
import ResilienceTesting
import Synchronization

#if THREAD_SANITIZER
  import ResilienceCore
#endif

/// Runs `body` while `service` runs beside it, which is cancelled and awaited afterwards.
func alongside<Value: Sendable>(
  _ service: @escaping @Sendable () async -> Void, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  try await withThrowingTaskGroup(of: Value?.self) { group in
    group.addTask {
      await service()
      return nil
    }
    defer { group.cancelAll() }
    return try await body()
  }
}

extension VirtualTime {
  /// Lets so much time pass for the task.
  func pass(_ duration: Duration) async throws { try await VirtualClock(self).sleep(for: duration) }
}

/// A check whose answers a test decides.
final class Patient: HealthCheck {
  private struct State {
    var report: Result<HealthReport, any Error> = .success(.healthy)
    var takes = Duration.zero
    var heedsCancellation = true
    var running = 0
    var asked: [Instant] = []
    var overlapped = false
  }

  let name: String
  private let time: VirtualTime
  private let state = Mutex(State())

  init(_ name: String, on time: VirtualTime) {
    self.name = name
    self.time = time
  }

  var asked: [Instant] { state.withLock { $0.asked } }
  /// Whether it was asked twice at once, ever.
  var overlapped: Bool { state.withLock { $0.overlapped } }
  var running: Int { state.withLock { $0.running } }

  func set(_ report: HealthReport, takes: Duration = .zero, heedsCancellation: Bool = true) {
    state.withLock { state in
      (state.report, state.takes, state.heedsCancellation) = (.success(report), takes, heedsCancellation)
    }
  }

  func fail(_ error: any Error) { state.withLock { $0.report = .failure(error) } }

  func check() async throws -> HealthReport {
    let state = state.withLock { state in
      state.asked.append(time.now)
      state.overlapped = state.overlapped || state.running > 0
      state.running += 1
      return state
    }
    defer { self.state.withLock { $0.running -= 1 } }
    if state.takes > .zero {
      if state.heedsCancellation {
        try await time.pass(state.takes)
      } else {
        let end = time.now.advanced(by: state.takes)
        while time.now < end { await Waiting.uncancelled(until: end, on: time) }
      }
    }
    return try state.report.get()
  }
}

extension Instant {
  fileprivate func advanced(by duration: Duration) -> Instant {
    Instant(nanoseconds: nanoseconds + UInt64(duration / .nanoseconds(1)))
  }
}

/// A wait that no cancellation ends.
private enum Waiting {
  static func uncancelled(until end: Instant, on time: VirtualTime) async {
    await withCheckedContinuation { continuation in
      _ = TimeSource.virtual(time).arm(at: end, .call { continuation.resume() })
    }
  }
}
