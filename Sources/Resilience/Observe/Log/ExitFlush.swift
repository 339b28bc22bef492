internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Lets every log of the process write what it has before the process exits.
enum ExitFlush {
  private struct Member {
    weak let writer: LogWriter?
  }

  private static let members = Mutex<[Member]>([])
  private static let isInstalled = atexit(flushLogs) == 0

  static func register(_ writer: LogWriter) {
    _ = isInstalled
    members.withLock { members in
      members.removeAll { $0.writer == nil }
      members.append(Member(writer: writer))
    }
  }

  fileprivate static func flushAll() {
    for member in members.withLock({ $0 }) { member.writer?.flush(within: .seconds(1)) }
  }
}

/// Called by the C library, on whatever thread exits.
private func flushLogs() { ExitFlush.flushAll() }
