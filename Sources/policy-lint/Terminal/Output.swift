#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file descriptor that text is written to.
struct Output {
  let descriptor: Int32

  static let standard = Output(descriptor: STDOUT_FILENO)
  static let error = Output(descriptor: STDERR_FILENO)

  /// Why a text could not be written.
  enum Problem: Error {
    /// Nobody reads any more, as behind `| head -1`. No failure of ours.
    case readerGone
    case system(Int32)
  }

  /// Makes the file, or empties it.
  init(creating path: String) throws(Problem) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .system(errno) }
    self.init(descriptor: descriptor)
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  func close() { _ = Self.closeDescriptor(descriptor) }

  /// Writes all of `text`.
  func write(_ text: String) throws(Problem) { try write(Array(text.utf8)) }

  /// Writes all of `bytes`.
  func write(_ bytes: [UInt8]) throws(Problem) {
    var bytes = bytes[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes { unsafe Self.writeOnce(descriptor, $0) }
      if count >= 0 {
        bytes = bytes.dropFirst(count)
      } else if errno == EPIPE {
        throw .readerGone
      } else if errno == EAGAIN {
        waitUntilWritable()
      } else if errno != EINTR {
        throw .system(errno)
      }
    }
  }

  /// Whether it is a terminal that a person looks at.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// The cells in a line of the terminal; `nil` when it is none.
  var terminalWidth: Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  private static func writeOnce(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  private static func closeDescriptor(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.close(descriptor)
    #else
      Darwin.close(descriptor)
    #endif
  }

  /// A pipe may be set not to wait by whoever shares it.
  private func waitUntilWritable() {
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = unsafe poll(&entry, 1, -1)
  }
}

/// Lets a write to a closed pipe fail instead of killing the process, so that it ends as every other write error does.
func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }
