import LocatedYAML
import Resilience
import Synchronization

/// A policy file in memory, which a test can change under a running engine.
final class PolicyText: Sendable {
  private let text: Mutex<String?>

  init(_ text: String) { self.text = Mutex(text) }

  func read() -> String? { text.withLock { $0 } }

  /// `nil`: the file is gone.
  func write(_ text: String?) { self.text.withLock { $0 = text } }

  func engine(
    on time: VirtualTime = VirtualTime(), environment: String? = nil, seed: UInt64 = 0,
    handlers: [String: FallbackHandler] = [:], operations: [String: FallbackHandler] = [:],
    classify: (@Sendable (any Error) -> FailureFacts?)? = nil, observer: EventObserver? = nil
  ) throws -> ResilienceEngine {
    try ResilienceEngine(
      policiesAt: "policies.yaml", environment: environment, handlers: handlers, operations: operations,
      classify: classify, observer: observer, on: .virtual(time), seed: seed
    ) { [self] path in
      if let text = text.withLock({ $0 }) { return .success(Array(text.utf8)) }
      return .failure(FileProblem(path: path, reason: "no such file"))
    }
  }
}

/// Events in the order in which they came.
final class EventLog: Sendable {
  private let events = Mutex<[ResilienceEvent]>([])

  var observer: EventObserver { { [self] event in events.withLock { $0.append(event) } } }
  var all: [ResilienceEvent] { events.withLock { $0 } }
}
