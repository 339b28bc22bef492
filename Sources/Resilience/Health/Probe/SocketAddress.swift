internal import ResilienceCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// An address of IPv4 or IPv6 with a port, as the system's calls take it.
struct SocketAddress: Hashable, Sendable {
  let family: Int32
  private let bytes: [UInt8]

  /// Finds the addresses of a name, or reads an address. Blocks for as long as the system's resolver takes.
  ///
  /// - Throws: ``ProbeFailure`` with the resolver's words.
  static func find(_ endpoint: NetworkEndpoint) throws -> [SocketAddress] {
    var hints = unsafe addrinfo()
    #if canImport(Glibc)
      unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #else
      unsafe hints.ai_socktype = SOCK_STREAM
    #endif
    unsafe hints.ai_flags = AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    let status = unsafe getaddrinfo(endpoint.host, "\(endpoint.port)", &hints, &list)
    defer { if let list = unsafe list { unsafe freeaddrinfo(list) } }
    guard status == 0 else {
      let reason = unsafe gai_strerror(status).map { unsafe String(cString: $0) } ?? "error \(status)"
      throw ProbeFailure("\(endpoint.host): \(reason)")
    }
    var found: [SocketAddress] = []
    var next = unsafe list
    while let entry = unsafe next {
      if let address = unsafe SocketAddress(entry.pointee), !found.contains(address) { found.append(address) }
      unsafe next = entry.pointee.ai_next
    }
    guard !found.isEmpty else { throw ProbeFailure("\(endpoint.host): no address") }
    return found
  }

  private init?(_ entry: addrinfo) {
    guard let address = unsafe entry.ai_addr else { return nil }
    family = unsafe entry.ai_family
    bytes = unsafe Array(UnsafeRawBufferPointer(start: address, count: Int(entry.ai_addrlen)))
  }

  /// Begins to connect a socket; it is writable when that has come to an end.
  ///
  /// - Returns: An errno value, zero when the socket is connected.
  func connect(_ socket: Int32) -> Int32 {
    let status = unsafe bytes.withUnsafeBytes { bytes -> Int32 in
      guard let base = bytes.baseAddress else { return -1 }
      return unsafe base.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe connectSocket(socket, address, socklen_t(bytes.count))
      }
    }
    return status == 0 ? 0 : errno
  }
}

private func connectSocket(_ socket: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> Int32 {
  unsafe connect(socket, address, length)
}
