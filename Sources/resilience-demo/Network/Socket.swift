import Glibc

/// A TCP socket on the loopback address. Closed when nobody holds it any more.
final class Socket: Sendable {
  let descriptor: Int32
  private let loop: SocketLoop

  /// Owns the descriptor from now on.
  private init(nonBlocking descriptor: Int32, loop: SocketLoop) throws {
    self.descriptor = descriptor
    self.loop = loop
    try SystemError.check(fcntl(descriptor, F_SETFL, O_NONBLOCK))
  }

  deinit { close(descriptor) }

  /// A socket that has its port to itself but takes no connections: whoever connects is refused.
  ///
  /// - Parameter port: 0 lets the system choose.
  static func bound(to port: UInt16, on loop: SocketLoop) throws -> Socket {
    let socket = try Socket.make(on: loop)
    var yes: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    try SystemError.check(unsafe setsockopt(socket.descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size))
    let answer = unsafe withLoopback(port) { address, size in unsafe bind(socket.descriptor, address, size) }
    try SystemError.check(answer)
    return socket
  }

  /// A socket that takes connections.
  static func listening(on port: UInt16, loop: SocketLoop) throws -> Socket {
    let socket = try bound(to: port, on: loop)
    try SystemError.check(listen(socket.descriptor, SOMAXCONN))
    return socket
  }

  /// A connection to a port.
  ///
  /// - Throws: ``SystemError`` with `ECONNREFUSED` when nobody listens there.
  static func connected(to port: UInt16, loop: SocketLoop) async throws -> Socket {
    let socket = try Socket.make(on: loop)
    let answer = unsafe withLoopback(port) { address, size in unsafe connect(socket.descriptor, address, size) }
    if answer == 0 { return socket }
    guard errno == EINPROGRESS else { throw SystemError(errno: errno) }
    try await loop.wait(for: .writable, on: socket)
    let failure = try socket.pendingError()
    guard failure == 0 else { throw SystemError(errno: failure) }
    return socket
  }

  /// The port that this socket is bound to.
  func port() throws -> UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let answer = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { rebound in
        unsafe getsockname(descriptor, rebound, &size)
      }
    }
    try SystemError.check(answer)
    return UInt16(bigEndian: address.sin_port)
  }

  /// The next connection.
  func accept() async throws -> Socket {
    while true {
      let accepted = Glibc.accept(descriptor, nil, nil)
      if accepted >= 0 { return try Socket(nonBlocking: accepted, loop: loop) }
      guard errno == EAGAIN || errno == EINTR else { throw SystemError(errno: errno) }
      try await loop.wait(for: .readable, on: self)
    }
  }

  /// Sends a line. Lines here are short: they fit the system's buffer at once.
  func send(line: String) throws {
    let bytes = Array("\(line)\n".utf8)
    let sent = unsafe Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    guard sent == bytes.count else { throw SystemError(errno: sent < 0 ? errno : EMSGSIZE) }
  }

  /// The next line without its end.
  ///
  /// - Throws: ``SystemError`` with `ECONNRESET` when the other side hung up before it was complete.
  func receiveLine() async throws -> String {
    var line: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 256)
    while line.last != UInt8(ascii: "\n") {
      let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
      if count > 0 {
        line += buffer.prefix(count)
      } else if count < 0, errno == EAGAIN || errno == EINTR {
        try await loop.wait(for: .readable, on: self)
      } else {
        throw SystemError(errno: count == 0 ? ECONNRESET : errno)
      }
    }
    return String(decoding: line.dropLast(), as: UTF8.self)
  }

  /// Ends every wait on this socket; a listening one refuses connections from now on.
  func shutDown() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  private static func make(on loop: SocketLoop) throws -> Socket {
    let descriptor = try SystemError.check(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
    return try Socket(nonBlocking: descriptor, loop: loop)
  }

  private func pendingError() throws -> Int32 {
    var failure: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    try SystemError.check(unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size))
    return failure
  }
}

/// Calls `body` with the loopback address and a port as the system wants them.
private func withLoopback<Result>(
  _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
) -> Result {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
  let size = socklen_t(MemoryLayout<sockaddr_in>.size)
  return unsafe withUnsafePointer(to: &address) { pointer in
    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { rebound in unsafe body(rebound, size) }
  }
}
