/// Something that can be asked whether it is well.
///
/// A check is asked again and again, never twice at once, and is cancelled when it takes longer than its timeout. One that
/// throws is unhealthy, with the error as the message.
public protocol HealthCheck: Sendable {
  /// What it is called in reports, and where a policy file names it.
  var name: String { get }

  /// Finds out how it is.
  func check() async throws -> HealthReport
}

/// A health check that is a closure.
public struct HealthProbe: HealthCheck {
  public let name: String
  private let probe: @Sendable () async throws -> HealthReport

  /// - Parameters:
  ///   - name: What it is called.
  ///   - probe: Asks once.
  public init(_ name: String, _ probe: @escaping @Sendable () async throws -> HealthReport) {
    self.name = name
    self.probe = probe
  }

  public func check() async throws -> HealthReport { try await probe() }
}
