internal import PolicyCompiler
internal import ResilienceCore

/// What calls can leave behind, for the testing kit.
extension ResilienceEngine {
  /// How many bodies run that may outlive their calls.
  package var abandonedBodyCount: Int { context.supervisor.running }
}
