public import ResilienceCore

/// Is well when a server answers a GET with a status that is expected. Plain HTTP only.
///
/// The body of the answer is not read, redirections are not followed.
public struct HTTPCheck: HealthCheck {
  public let name: String
  private let address: HTTPAddress
  private let expected: [ClosedRange<Int>]
  private let lookup: NameLookup

  /// - Parameters:
  ///   - name: What it is called.
  ///   - address: Where the request goes.
  ///   - expected: The statuses that mean that all is well.
  public init(_ name: String, _ address: HTTPAddress, expecting expected: [ClosedRange<Int>] = [200...299]) {
    self.name = name
    self.address = address
    self.expected = expected
    lookup = NameLookup(address.endpoint)
  }

  public func check() async throws -> HealthReport {
    let addresses = try await lookup.addresses()
    let status = try await onOwnThread { [address] interruption in
      let readiness = Readiness(interruption: interruption)
      let connection = try Connection(to: addresses, named: "\(address.endpoint)", readiness)
      try connection.send(Self.request(for: address))
      var head = HTTPResponseHead()
      while true {
        let bytes = try connection.receive(atMost: 4_096)
        if let status = try head.take(bytes) { return status }
      }
    }
    if expected.contains(where: { $0.contains(status) }) { return .healthy }
    return .unhealthy("\(address) answered \(status)")
  }

  private static func request(for address: HTTPAddress) -> String {
    "GET \(address.path) HTTP/1.1\r\nHost: \(address.host)\r\nUser-Agent: swift-resilience\r\n"
      + "Accept: */*\r\nConnection: close\r\n\r\n"
  }
}
