internal import ResilienceCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A connected socket of a probe. Nothing it does outlasts the interruption of its work.
struct Connection: ~Copyable {
  /// How long an address may keep the next one waiting (RFC 8305, 5: connection attempt delay).
  private static let patience: Int32 = 250

  private let socket: Int32
  private let readiness: Readiness

  /// Connects to the first of the addresses that answers. One that does not answer at once does not keep the others waiting
  /// for long.
  init(to addresses: [SocketAddress], named name: String, _ readiness: Readiness) throws {
    self.readiness = readiness
    var race = ConnectionRace(readiness)
    socket = try race.winner(among: addresses, named: name, patience: Self.patience)
  }

  deinit { close(socket) }

  func send(_ text: String) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { bytes in unsafe sendQuietly(socket, bytes) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN || errno == EWOULDBLOCK {
        _ = try readiness.wait(for: POLLOUT, on: [socket])
      } else if errno != EINTR {
        throw ProbeFailure("send", errno: errno)
      }
    }
  }

  /// The next bytes; none at the end of the stream.
  func receive(atMost limit: Int) throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: limit)
    while true {
      let count = unsafe recv(socket, &buffer, limit, 0)
      if count >= 0 { return Array(buffer.prefix(count)) }
      if errno == EAGAIN || errno == EWOULDBLOCK {
        _ = try readiness.wait(for: POLLIN, on: [socket])
      } else if errno != EINTR {
        throw ProbeFailure("receive", errno: errno)
      }
    }
  }
}

/// Sockets that connect to the addresses of one name, the first of which is wanted.
struct ConnectionRace: ~Copyable {
  private let readiness: Readiness
  private var running: [Int32] = []
  private var lastRefusal: Int32 = ETIMEDOUT

  init(_ readiness: Readiness) { self.readiness = readiness }

  deinit { for socket in running { close(socket) } }

  mutating func winner(among addresses: [SocketAddress], named name: String, patience: Int32) throws -> Int32 {
    var waiting = addresses[...]
    while true {
      if let next = waiting.popFirst(), let socket = try begin(next) { return socket }
      if running.isEmpty {
        if waiting.isEmpty { throw ProbeFailure("connect to \(name)", errno: lastRefusal) }
        continue
      }
      let ready = try readiness.wait(for: POLLOUT, on: running, milliseconds: waiting.isEmpty ? -1 : patience)
      for socket in ready {
        running.removeAll { $0 == socket }
        let refusal = pendingError(of: socket)
        if refusal == 0 { return socket }
        lastRefusal = refusal
        close(socket)
      }
    }
  }

  /// - Returns: The socket, when it is connected at once.
  private mutating func begin(_ address: SocketAddress) throws -> Int32? {
    let socket = try openSocket(address.family)
    switch address.connect(socket) {
    case 0: return socket
    case EINPROGRESS, EINTR: running.append(socket)
    case let refusal:
      lastRefusal = refusal
      close(socket)
    }
    return nil
  }
}

/// A stream socket that never blocks and that no child process inherits.
private func openSocket(_ family: Int32) throws -> Int32 {
  #if canImport(Glibc)
    let flags = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    let opened = socket(family, Int32(flags), 0)
    guard opened >= 0 else { throw ProbeFailure("socket", errno: errno) }
  #else
    let opened = socket(family, SOCK_STREAM, 0)
    guard opened >= 0 else { throw ProbeFailure("socket", errno: errno) }
    _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
    _ = fcntl(opened, F_SETFL, O_NONBLOCK)
    var on: Int32 = 1
    _ = unsafe setsockopt(opened, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
  #endif
  return opened
}

/// How an attempt to connect ended: an errno value, zero when it went well.
private func pendingError(of socket: Int32) -> Int32 {
  var error: Int32 = 0
  var length = socklen_t(MemoryLayout<Int32>.size)
  guard unsafe getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length) == 0 else { return errno }
  return error
}

/// Sends without a SIGPIPE when the other side has gone.
private func sendQuietly(_ socket: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  #if canImport(Glibc)
    unsafe send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
  #else
    unsafe send(socket, bytes.baseAddress, bytes.count, 0)
  #endif
}
