import Glibc
import Testing

@testable import policy

@Suite struct CommandEndTests {
  @Test(arguments: [
    (CommandEnd.exited(0), Int32(0)), (.exited(7), 7), (.killed(signal: SIGTERM), 143), (.killed(signal: SIGKILL), 137),
    (.notStarted(errno: ENOENT), 127), (.notStarted(errno: EACCES), 126), (.notStarted(errno: ENOEXEC), 126),
  ])
  func theExitStatusIsTheOneThatShellsGive(end: CommandEnd, status: Int32) {
    #expect(end.status == status)
  }

  @Test func waitStatusesAreRead() {
    #expect(CommandEnd(waitStatus: 0) == .exited(0))
    #expect(CommandEnd(waitStatus: 7 << 8) == .exited(7))
    #expect(CommandEnd(waitStatus: SIGKILL) == .killed(signal: SIGKILL))
    #expect(CommandEnd(waitStatus: SIGSEGV | 0x80) == .killed(signal: SIGSEGV))
    #expect(CommandEnd(waitStatus: SIGTSTP << 8 | 0x7f) == nil)
  }

  @Test func endsAreToldInWords() {
    #expect("\(CommandEnd.exited(7))" == "exit 7")
    #expect("\(CommandEnd.killed(signal: SIGTERM))" == "SIGTERM")
    #expect("\(CommandEnd.killed(signal: 40))" == "signal 40")
    #expect("\(CommandEnd.notStarted(errno: ENOENT))" == "command not found")
    #expect("\(CommandEnd.notStarted(errno: EACCES))" == "cannot be executed (Permission denied)")
  }
}
