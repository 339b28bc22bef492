#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Where lines go.
enum LogOutput: Sendable {
  case descriptor(Int32)
  case code(@Sendable (String) -> Void)

  /// Writes one line, in one piece if the other side takes it so.
  ///
  /// - Returns: `false` when the other side does not take it.
  func write(_ line: String) -> Bool {
    switch self {
    case .descriptor(let descriptor): return Self.write(Array(line.utf8)[...], to: descriptor)
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
