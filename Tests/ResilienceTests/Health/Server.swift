import Glibc
import Synchronization

#if THREAD_SANITIZER
  import ResilienceCore
#endif

/// Something that listens on a port of the loopback, and treats each caller as a test wants.
final class Server: Sendable {
  let port: UInt16
  private let listener: Int32
  private let callers = Mutex<[Int32]>([])

  /// - Parameters:
  ///   - family: IPv4 or IPv6.
  ///   - answer: What every caller gets after it has sent something; `nil`: nothing at all, and the connection stays.
  init(family: Int32 = AF_INET, answer: String? = nil, closes: Bool = true, backlog: Int32 = 16) throws {
    listener = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard listener >= 0 else { throw FileTrouble(action: "socket", errno: errno) }
    port = try Self.bind(listener, family)
    guard listen(listener, backlog) == 0 else { throw FileTrouble(action: "listen", errno: errno) }
    guard let answer else { return }
    let listener = listener
    var thread = pthread_t()
    let work = Work { [weak self] in
      while true {
        let caller = accept(listener, nil, nil)
        guard caller >= 0 else { return }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        _ = unsafe recv(caller, &buffer, buffer.count, 0)
        let bytes = Array(answer.utf8)
        _ = unsafe send(caller, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        if closes { close(caller) } else { self?.callers.withLock { $0.append(caller) } }
      }
    }
    unsafe pthread_create(&thread, nil, runWork, Unmanaged.passRetained(work).toOpaque())
    pthread_detach(thread)
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
    for caller in callers.withLock({ $0 }) { close(caller) }
  }

  /// A port on which nobody listens.
  static func freePort() throws -> UInt16 {
    let unused = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(unused) }
    return try bind(unused, AF_INET)
  }

  private static func bind(_ socket: Int32, _ family: Int32) throws -> UInt16 {
    var address = sockaddr_storage()
    var length = socklen_t(family == AF_INET6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size)
    return try unsafe withUnsafeMutablePointer(to: &address) { storage in
      if family == AF_INET6 {
        unsafe storage.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
          unsafe $0.pointee.sin6_family = sa_family_t(AF_INET6)
          unsafe $0.pointee.sin6_addr = in6addr_loopback
        }
      } else {
        unsafe storage.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
          unsafe $0.pointee.sin_family = sa_family_t(AF_INET)
          unsafe $0.pointee.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        }
      }
      return try unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard unsafe Glibc.bind(socket, address, length) == 0, unsafe getsockname(socket, address, &length) == 0 else {
          throw FileTrouble(action: "bind", errno: errno)
        }
        let bytes = UnsafeRawPointer(address)
        return unsafe UInt16(bigEndian: bytes.load(fromByteOffset: 2, as: UInt16.self))
      }
    }
  }
}

private final class Work: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runWork(_ work: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let work = unsafe work { unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().run() }
  return nil
}
