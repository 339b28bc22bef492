import Glibc
import Testing

@testable import policy

@Suite struct CommandGroupTests {
  private let start = ContinuousClock.now

  @Test func aCommandThatEndsByItselfLeavesItsGroupAlone() {
    var group = CommandGroup(grace: .seconds(5))
    #expect(group.deadline == nil)
    #expect(group.handle(.leaderEnded(.exited(3)), at: start) == [.report(.exited(3))])
    #expect(group.state == .ended)
    #expect(group.handle(.told(signal: SIGTERM), at: start) == [])
  }

  @Test func aCommandThatIsToldToEndHasTheGraceToDoSo() {
    var group = CommandGroup(grace: .seconds(5))
    #expect(group.handle(.cancelled, at: start) == [.send(SIGTERM)])
    #expect(group.deadline == start + .seconds(5))
    #expect(group.handle(.timePassed, at: start + .milliseconds(4_999)) == [])
    #expect(group.handle(.timePassed, at: start + .seconds(5)) == [.send(SIGKILL)])
    #expect(group.deadline == nil)
    #expect(group.handle(.timePassed, at: start + .seconds(6)) == [])
    let killed = CommandEnd.killed(signal: SIGKILL)
    #expect(group.handle(.leaderEnded(killed), at: start + .seconds(6)) == [.report(killed)])
  }

  @Test func aGroupThatWasToldToEndIsOverWhenItsLastProcessIs() {
    var group = CommandGroup(grace: .seconds(5))
    let end = CommandEnd.killed(signal: SIGTERM)
    #expect(group.handle(.told(signal: SIGTERM), at: start) == [.send(SIGTERM)])
    #expect(group.handle(.leaderEnded(end), at: start + .seconds(1)) == [])
    #expect(group.isLingering)
    #expect(group.handle(.timePassed, at: start + .seconds(2)) == [])
    #expect(group.handle(.emptied, at: start + .seconds(3)) == [.report(end)])
  }

  @Test func whoeverOutlivesTheLeaderIsKilledAfterTheGrace() {
    var group = CommandGroup(grace: .seconds(5))
    _ = group.handle(.told(signal: SIGTERM), at: start)
    _ = group.handle(.leaderEnded(.exited(0)), at: start + .seconds(1))
    #expect(group.handle(.timePassed, at: start + .seconds(5)) == [.send(SIGKILL), .report(.exited(0))])
  }

  @Test func furtherSignalsAreForwardedAndDoNotProlongTheGrace() {
    var group = CommandGroup(grace: .seconds(5))
    _ = group.handle(.told(signal: SIGINT), at: start)
    #expect(group.handle(.cancelled, at: start) == [])
    #expect(group.handle(.told(signal: SIGTERM), at: start + .seconds(3)) == [.send(SIGTERM)])
    #expect(group.deadline == start + .seconds(5))
  }
}
