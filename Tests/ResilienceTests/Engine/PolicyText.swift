import LocatedYAML
import Resilience
import Synchronization

/// A policy file in memory, which a test can change under a running engine.
final class PolicyText: Sendable {
  private let text: Mutex<String?>

  init(_ text: String) { self.text = Mutex(text) }

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
