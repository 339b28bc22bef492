import Glibc

/// A running `policy`, with its output on a pipe and its errors in a file of its workplace.
final class Tool: Sendable {
  struct Result: Hashable, Sendable {
    let status: Int32
    let output: String
    let errors: [String]
  }

  let process: pid_t
  private let workplace: Workplace
  private let output: Int32

  /// Starts `policy` with these arguments in a workplace.
  ///
  /// - Parameter input: What it reads; without one it reads end of file.
  init(_ arguments: [String], in workplace: Workplace, input: String = "") throws {
    self.workplace = workplace
    try workplace.write(input, to: "stdin")
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw SystemCallFailure(errno: errno) }
    output = ends[0]
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // The shell changes folder and redirects; `exec` makes `policy` take its place, so that signals reach it.
    let script = "cd \"$0\" && ls /proc/self/fd < stdin > descriptors && exec \"$@\" < stdin 2> stderr"
    process = try Start(script: script, in: workplace, arguments).process(output: ends[1])
  }

  /// Runs `policy` to its end.
  static func run(
    _ arguments: [String], under policies: String? = nil, input: String = "", workplace: Workplace? = nil
  ) throws -> Result {
    let workplace = try workplace ?? Workplace(policies: policies)
    return try Tool(arguments, in: workplace, input: input).end()
  }

  /// Waits for a line that the command writes.
  func line() -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while unsafe read(output, &byte, 1) == 1, byte != UInt8(ascii: "\n") { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self)
  }

  func send(_ signal: Int32) { kill(process, signal) }

  /// What `policy` has written to standard error so far.
  var errors: [String] { workplace.read("stderr").split(separator: "\n").map(String.init) }

  /// Waits until `policy` has ended and everybody has closed its output.
  func end() throws -> Result {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = unsafe read(output, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer.prefix(count)
    }
    close(output)
    var status: Int32 = 0
    guard unsafe waitpid(process, &status, 0) == process else { throw SystemCallFailure(errno: errno) }
    let code = status & 0x7f == 0 ? (status >> 8) & 0xff : 256 + (status & 0x7f)
    return Result(status: code, output: String(decoding: bytes, as: UTF8.self), errors: errors)
  }
}
