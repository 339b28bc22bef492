#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Where lines go.
enum LogOutput: Sendable {
  case descriptor(LogDescriptor)
  case code(@Sendable (String) -> Void)

  /// Writes one line, in one piece if the other side takes it so.
  ///
  /// - Returns: `false` when the other side does not take it.
  func write(_ line: String) -> Bool {
    switch self {
    case .descriptor(let descriptor): return Self.write(Array(line.utf8)[...], to: descriptor.number)
    case .code(let write):
      write(line)
      return true
    }
  }

  private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { bytes in
        #if canImport(Glibc)
          unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #else
          unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
      }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if written < 0, errno == EAGAIN {
        waitForRoom(descriptor)
      } else if written == 0 || errno != EINTR {
        return false
      }
    }
    return true
  }

  /// Somebody made the descriptor non-blocking; the writer has the time.
  private static func waitForRoom(_ descriptor: Int32) {
    var question = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    unsafe _ = poll(&question, 1, 1_000)
  }
}

/// A descriptor that stays what it is as long as somebody writes to it.
///
/// A number alone may mean another file by the time a line is written, because its owner closed it and somebody else opened
/// one. So this is a duplicate, closed with the last reference. The standard streams are used as they are: nobody closes them,
/// but services put others in their place.
final class LogDescriptor: Sendable {
  let number: Int32
  private let isDuplicate: Bool

  init(_ descriptor: Int32) {
    let duplicate = descriptor > 2 ? fcntl(descriptor, F_DUPFD_CLOEXEC, 3) : -1
    isDuplicate = duplicate >= 0
    number = isDuplicate ? duplicate : descriptor
  }

  deinit {
    if isDuplicate { _ = close(number) }
  }
}
