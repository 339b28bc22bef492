import Glibc
import ResilienceCore
import Testing

@testable import Resilience

@Suite struct LogWriterTests {
  private func applied(_ number: Int) -> ResilienceEvent {
    ResilienceEvent(
      .reloadApplied(summary: "\(number)"), operation: "", layer: .operation, name: "p.yaml", location: nil,
      generation: 1,
      at: Instant(nanoseconds: 0))
  }

  @Test func linesOfAllThreadsComeWholeAndOnce() async {
    let lines = Lines()
    let log = EventLog(write: { lines.add($0) })
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask { for number in 0..<200 { log.receive(applied(task * 1_000 + number)) } }
      }
    }
    log.flush(within: .seconds(60))
    #expect(lines.count == 1_600)
    #expect(Set(lines.all).count == 1_600)
    #expect(lines.all.allSatisfy { $0.hasSuffix("\n") && $0.split(separator: "\n").count == 1 })
  }

  @Test func aLogThatIsDroppedWritesWhatItHas() {
    let lines = Lines()
    do {
      let log = EventLog(write: { lines.add($0) })
      log.receive(applied(1))
      log.flush(within: .seconds(60))
      log.receive(applied(2))
    }
    while lines.count < 2 { sched_yield() }
    #expect(lines.count == 2)
  }

  @Test func anOutputThatIsSlowHoldsUpNobody() {
    let lines = Lines()
    let mayWrite = Shared(false)
    let log = EventLog(
      .code { line in
        while !mayWrite.value { sched_yield() }
        lines.add(line)
      }, .logfmt, .info, capacity: 10, on: .system)
    // The thread holds one line at most; whatever else it has not taken yet is in the queue, or lost.
    for number in 0..<1_000 { log.receive(applied(number)) }
    mayWrite.change { $0 = true }
    log.flush(within: .seconds(60))
    let dropped = lines.all.filter { $0.contains("event=events_dropped") }.compactMap { line in
      line.dropLast().split(separator: "=").last.flatMap { Int($0) }
    }
    #expect(dropped.count >= 1)
    #expect(lines.count - dropped.count + dropped.reduce(0, +) == 1_000)
    #expect(lines.all.last?.contains("summary=999") == true)
  }

  @Test func everyLineIsWrittenInOnePiece() throws {
    var ends: [Int32] = [0, 0]
    // Packets keep the borders of what was written.
    try #require(unsafe socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &ends) == 0)
    defer { for end in ends { close(end) } }
    let log = EventLog(descriptor: ends[0])
    for number in 0..<50 { log.receive(applied(number)) }
    log.flush(within: .seconds(60))
    for number in 0..<50 {
      var bytes = [UInt8](repeating: 0, count: 4_096)
      let count = unsafe read(ends[1], &bytes, bytes.count)
      let packet = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
      #expect(packet.hasSuffix("summary=\(number) generation=1\n"))
      #expect(packet.split(separator: "\n").count == 1)
    }
  }

  @Test func anOutputThatIsGoneIsNoTrouble() throws {
    var ends: [Int32] = [0, 0]
    try #require(unsafe pipe(&ends) == 0)
    close(ends[0])
    let log = EventLog(descriptor: ends[1])
    close(ends[1])
    for number in 0..<10 { log.receive(applied(number)) }
    log.flush(within: .seconds(60))
  }

  @Test func aLogWritesToItsOwnFileAlthoughTheNumberMeansAnother() throws {
    var (mine, other): ([Int32], [Int32]) = ([0, 0], [0, 0])
    try #require(unsafe pipe(&mine) == 0)
    try #require(unsafe pipe(&other) == 0)
    defer { for end in mine + other { close(end) } }
    let log = EventLog(descriptor: mine[1])
    try #require(dup2(other[1], mine[1]) == mine[1])
    log.receive(applied(1))
    log.flush(within: .seconds(60))
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = unsafe read(mine[0], &bytes, bytes.count)
    #expect(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).contains("summary=1 "))
  }
}
