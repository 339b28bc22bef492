public import ResilienceCore

/// Is well when something accepts connections at an address.
public struct TCPCheck: HealthCheck {
  public let name: String
  private let endpoint: NetworkEndpoint
  private let lookup: NameLookup

  /// - Parameters:
  ///   - name: What it is called.
  ///   - endpoint: A host, by name or address, and a port.
  public init(_ name: String, _ endpoint: NetworkEndpoint) {
    self.name = name
    self.endpoint = endpoint
    lookup = NameLookup(endpoint)
  }

  public func check() async throws -> HealthReport {
    let addresses = try await lookup.addresses()
    return try await onOwnThread { [endpoint] interruption in
      _ = try Connection(to: addresses, named: "\(endpoint)", Readiness(interruption: interruption))
      return .healthy
    }
  }
}
