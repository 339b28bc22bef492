internal import ResilienceCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Runs a command to its end, on a thread of its own.
///
/// A command that is called off, with everything in its process group, is told to end (SIGTERM) and killed when its grace is over;
/// it is awaited in any case. What a command that ended by itself left in the background goes on.
struct CommandRun: Sendable {
  /// How long a command that is told to end has until it is killed, in milliseconds.
  static let grace = 2_000
  /// The most that is kept of what it writes.
  private static let outputLimit = 4_096

  /// A program, looked up on the `PATH` unless it contains a slash, and its arguments.
  let words: [String]

  /// How a command ended.
  struct End: Hashable, Sendable {
    var status: Status
    /// The first line that it wrote.
    var line: String?

    enum Status: Hashable, Sendable {
      case exited(Int32)
      case killed(signal: Int32)
      /// Somebody else took its exit status.
      case lost
    }
  }

  /// - Throws: ``ProbeFailure`` when it cannot be started; `CancellationError` when it was called off.
  func end() async throws -> End {
    try await onOwnThread { [self] interruption in try run(Readiness(interruption: interruption)) }
  }

  private func run(_ readiness: Readiness) throws -> End {
    var output = try OutputPipe()
    let process: SpawnedProcess
    do throws(SpawnedProcess.Refusal) {
      process = try SpawnedProcess(words, SpawnedProcess.Inheritance(output: output.writer))
    } catch {
      throw ProbeFailure("\(words.first ?? "")", errno: error.errno)
    }
    output.closeWriter()
    var collected = Collected(limit: Self.outputLimit)
    do {
      while !hasEnded(process) {
        try collected.take(from: output, readiness)
      }
    } catch {
      endGroup(process)
      throw error
    }
    collected.takeRest(from: output)
    return End(status: takeStatus(process), line: collected.firstLine)
  }

  /// Whether the process has ended. It is not taken yet, so its number cannot become another's.
  private func hasEnded(_ process: SpawnedProcess) -> Bool {
    var information = unsafe siginfo_t()
    let status = unsafe waitid(P_PID, id_t(process.number), &information, WEXITED | WNOHANG | WNOWAIT)
    if status != 0 { return errno != EINTR }
    return unsafe information.si_signo == SIGCHLD
  }

  private func takeStatus(_ process: SpawnedProcess) -> End.Status {
    var status: Int32 = 0
    while unsafe waitpid(process.number, &status, 0) < 0 {
      if errno != EINTR { return .lost }
    }
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
  }

  private func endGroup(_ process: SpawnedProcess) {
    kill(-process.number, SIGTERM)
    kill(-process.number, SIGCONT)
    var waited = 0
    while !hasEnded(process), waited < Self.grace {
      usleep(10_000)
      waited += 10
    }
    // Also what the leader leaves behind: until its status is taken, the group's number is its own.
    kill(-process.number, SIGKILL)
    _ = takeStatus(process)
  }
}

/// What a command has written so far.
private struct Collected {
  let limit: Int
  private var bytes: [UInt8] = []
  private var isOpen = true
  /// How long to sleep before the process is looked at again, in milliseconds.
  private var pause: Int32 = 1

  init(limit: Int) { self.limit = limit }

  /// Sleeps until there is something to read, or a little: that the process has ended is told by nothing but a look.
  mutating func take(from output: borrowing OutputPipe, _ readiness: Readiness) throws {
    let ready = try readiness.wait(for: POLLIN, on: isOpen ? [output.reader] : [], milliseconds: pause)
    pause = min(pause * 2, 20)
    if !ready.isEmpty { takeRest(from: output) }
  }

  mutating func takeRest(from output: borrowing OutputPipe) {
    while isOpen, let more = output.read() {
      if more.isEmpty { isOpen = false }
      bytes += more.prefix(max(limit - bytes.count, 0))
    }
  }

  var firstLine: String? {
    let line = bytes.split(separator: UInt8(ascii: "\n")).first { !$0.isEmpty }
    return line.map { String(decoding: $0, as: UTF8.self) }
  }
}

/// The pipe that a command writes into.
private struct OutputPipe: ~Copyable {
  let reader: Int32
  private(set) var writer: Int32?

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw ProbeFailure("pipe", errno: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    (reader, writer) = (ends[0], ends[1])
  }

  deinit {
    close(reader)
    if let writer { close(writer) }
  }

  /// Closes this side's end, so that the stream ends with the command's.
  mutating func closeWriter() {
    if let writer = writer.take() { close(writer) }
  }

  /// What is there; empty at the end of the stream, `nil` when there is nothing now.
  func read() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = unsafe systemRead(reader, &buffer, buffer.count)
    return count >= 0 ? Array(buffer.prefix(count)) : nil
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  unsafe read(descriptor, buffer, count)
}
