#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Descriptors that a thread sleeps on, the interruption of its work among them.
struct Readiness {
  private let interruption: WakePipe

  init(interruption: WakePipe) { self.interruption = interruption }

  /// Sleeps until one of the descriptors is ready for the events, or for so many milliseconds; no number: however long it
  /// takes.
  ///
  /// - Returns: The descriptors that are ready; none when the time is over.
  /// - Throws: `CancellationError` when the work is to end.
  func wait(for events: Int32, on descriptors: [Int32], milliseconds: Int32 = -1) throws -> [Int32] {
    var polls = [pollfd(fd: interruption.reader, events: Int16(POLLIN), revents: 0)]
    polls += descriptors.map { pollfd(fd: $0, events: Int16(events), revents: 0) }
    while unsafe poll(&polls, nfds_t(polls.count), milliseconds) < 0 {
      guard errno == EINTR else { throw ProbeFailure("poll", errno: errno) }
    }
    guard let first = polls.first, first.revents == 0 else { throw CancellationError() }
    return polls.dropFirst().filter { $0.revents != 0 }.map(\.fd)
  }
}
