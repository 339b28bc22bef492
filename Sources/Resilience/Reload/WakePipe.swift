#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A pipe that wakes the thread that reads it: any number of calls before it looks are one wake-up.
final class WakePipe: Sendable {
  /// As much as a pipe holds (pipe(7)), so that one look takes everything.
  private static let capacity = 64 << 10

  let reader: Int32
  /// Never blocks: a full pipe wakes as well as a byte more.
  let writer: Int32

  /// `nil` when the system has no descriptors left. No child process inherits them.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    (reader, writer) = (ends[0], ends[1])
  }

  deinit {
    close(reader)
    close(writer)
  }

  func wake() { Self.wake(writer) }

  /// Safe in a signal handler.
  static func wake(_ writer: Int32) {
    var byte: UInt8 = 1
    _ = unsafe write(writer, &byte, 1)
  }

  /// Sleeps until somebody wakes it and takes all wake-ups so far; `false` when the pipe is broken.
  func sleep() -> Bool {
    var bytes = [UInt8](repeating: 0, count: Self.capacity)
    while true {
      let count = unsafe read(reader, &bytes, bytes.count)
      if count > 0 { return true }
      if count == 0 || errno != EINTR { return false }
    }
  }
}
