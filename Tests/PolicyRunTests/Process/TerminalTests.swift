import Glibc
import Testing

/// A terminal that a test types at.
private struct Typist {
  private let master: Int32
  private let process: pid_t

  init(_ arguments: [String], in workplace: Workplace) throws {
    master = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard master >= 0 else { throw SystemCallFailure(errno: errno) }
    // What `unlockpt` and `ptsname` do on Linux, whose names Swift does not see.
    let (unlock, number): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
    var terminal: Int32 = 0
    guard unsafe ioctl(master, unlock, &terminal) == 0, unsafe ioctl(master, number, &terminal) == 0 else {
      throw SystemCallFailure(errno: errno)
    }
    let start = Start(script: "cd \"$0\" && exec \"$@\"", in: workplace, arguments)
    process = try start.process(terminal: "/dev/pts/\(terminal)")
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    unsafe _ = write(master, bytes, bytes.count)
  }

  /// Reads the screen until a text has been shown, and gives all that was shown; stops at the end of the session too.
  func screen(until wanted: String) -> String {
    var shown: [UInt8] = []
    var byte: UInt8 = 0
    while !String(decoding: shown, as: UTF8.self).contains(wanted) {
      guard unsafe read(master, &byte, 1) == 1 else { break }
      shown.append(byte)
    }
    return String(decoding: shown, as: UTF8.self)
  }

  func status() -> Int32 {
    var status: Int32 = 0
    unsafe _ = waitpid(process, &status, 0)
    close(master)
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 256 + (status & 0x7f)
  }
}

@Suite(.serialized) struct TerminalTests {
  private static let policies = """
    version: 1
    operations:
      job.run: {idempotent: true, layers: [{retry: {attempts: 3, backoff: 1ms}}, {timeout: 10m}]}

    """

  @Test func aCommandReadsFromTheTerminalAndGetsWhatIsTyped() throws {
    let workplace = try Workplace(policies: Self.policies)
    let script = "read -r line; echo got:$line"
    let typist = try Typist(["run", "job.run", "--", "sh", "-c", script], in: workplace)
    typist.type("a line\n")
    #expect(typist.screen(until: "got:a line").contains("got:a line"))
    #expect(typist.status() == 0)
  }

  @Test func anInterruptThatIsTypedAtACommandEndsTheCall() throws {
    let workplace = try Workplace(policies: Self.policies)
    let script = "read -r line; echo got:$line; exec sleep 30"
    let typist = try Typist(["run", "job.run", "--", "sh", "-c", script], in: workplace)
    typist.type("a line\n")
    #expect(typist.screen(until: "got:a line").contains("got:a line"))
    typist.type("\u{3}")
    #expect(!typist.screen(until: "retry in").contains("retry in"))
    #expect(typist.status() == 130)
  }

  @Test func anInterruptThatIsTypedBeforeTheCommandReadsEndsTheCallToo() throws {
    let workplace = try Workplace(policies: Self.policies)
    let typist = try Typist(["run", "job.run", "--", "sh", "-c", "echo ready; exec sleep 30"], in: workplace)
    #expect(typist.screen(until: "ready").contains("ready"))
    typist.type("\u{3}")
    #expect(!typist.screen(until: "retry in").contains("retry in"))
    #expect(typist.status() == 130)
  }
}
