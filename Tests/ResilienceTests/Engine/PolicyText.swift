import Resilience
import ResilienceTesting

/// A policy file in memory, which a test can change under a running engine.
final class PolicyText: Sendable {
  private let files: PolicyFiles

  init(_ text: String) { files = PolicyFiles(text) }

  func read() -> String? { files[files.main] }

  /// `nil`: the file is gone.
  func write(_ text: String?) { files[files.main] = text }

  func engine(
    on time: VirtualTime = VirtualTime(), environment: String? = nil, seed: UInt64 = 0,
    handlers: [String: FallbackHandler] = [:], operations: [String: FallbackHandler] = [:],
    classify: (@Sendable (any Error) -> FailureFacts?)? = nil, observer: EventObserver? = nil,
    allowChaos: Bool = false
  ) throws -> ResilienceEngine {
    try .forTesting(
      files, on: time, seed: seed, environment: environment, handlers: handlers, operations: operations,
      classify: classify, observer: observer, allowChaos: allowChaos)
  }
}
