import Resilience

/// Asks a service, one connection a request. It knows nothing of policies.
struct Client: Sendable {
  let port: UInt16
  let loop: SocketLoop

  /// The service's answer to a request.
  ///
  /// - Throws: ``SystemError`` when there is no connection, ``BadStatus`` when the service answers with an error.
  func ask(_ request: String) async throws -> String {
    let connection = try await Socket.connected(to: port, loop: loop)
    try connection.send(line: request)
    let answer = try await connection.receiveLine().split(separator: " ", maxSplits: 1)
    let status = answer.first.flatMap { Int($0) } ?? 0
    guard status == 200 else { throw BadStatus(status: status) }
    return answer.dropFirst().first.map(String.init) ?? ""
  }
}

/// A service answered with an error.
struct BadStatus: Error, FailureDescribing {
  let status: Int

  /// What `match: [{http: [5xx]}]` in the policy file looks at.
  var failureFacts: FailureFacts? { FailureFacts(http: status) }
}
