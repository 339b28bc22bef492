import Glibc
import LocatedYAML
import Resilience
import Synchronization
import Testing

/// Sends the process a SIGHUP. It is delivered when this returns, because this very thread takes it.
private func hangUp() {
  var only = sigset_t()
  var mask = sigset_t()
  unsafe sigemptyset(&only)
  unsafe sigaddset(&only, SIGHUP)
  unsafe pthread_sigmask(SIG_UNBLOCK, &only, &mask)
  pthread_kill(pthread_self(), SIGHUP)
  unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
}

/// Holds a reader until somebody opens it.
private final class Gate: Sendable {
  private let entered = AsyncStream.makeStream(of: Void.self)
  private let isOpen = Waiter()
  private let isArmed = Atomic(false)

  func arm() { isArmed.store(true, ordering: .releasing) }
  /// Blocks the first who comes after ``arm()``.
  func pass() {
    guard isArmed.exchange(false, ordering: .acquiringAndReleasing) else { return }
    entered.continuation.yield()
    _ = isOpen.block(until: nil, on: .system)
  }
  func untilEntered() async {
    var iterator = entered.stream.makeAsyncIterator()
    await iterator.next()
  }
  func open() { _ = isOpen.grant() }
}

/// One after the other: the signal belongs to the whole process.
@Suite("Reloads on SIGHUP", .serialized)
struct HangupTests {
  @Test("Bad, good, bad, good files by SIGHUP: the process keeps listening, and only good ones change anything")
  func badAndGood() async throws {
    let directory = try PolicyDirectory()
    try directory.write(policies(failures: 1), to: "policies.yaml")
    let engine = try await ResilienceEngine(policiesAt: directory.file("policies.yaml"))
    let ends = ReloadEnds()
    let trigger = engine.reloadOnHangup(ends.observer)
    defer { trigger.stop() }
    for (text, generation) in [
      ("version: 2\n", nil), (policies(failures: 2), 2), ("- no\n", nil), (policies(failures: 3), 3),
    ]
      as [(String, UInt64?)]
    {
      try directory.write(text, to: "policies.yaml")
      hangUp()
      #expect(await ends.next() == generation)
    }
    #expect(engine.generation == 3)
  }

  @Test("A burst of SIGHUPs while a reload runs is one more reload")
  func burst() async throws {
    let gate = Gate()
    let reads = Atomic(0)
    let engine = try ResilienceEngine(policiesAt: "policies.yaml", on: .system) { _ in
      reads.wrappingAdd(1, ordering: .relaxed)
      gate.pass()
      return .success(Array(policies(failures: 1).utf8))
    }
    let ends = ReloadEnds()
    let trigger = engine.reloadOnHangup(ends.observer)
    defer { trigger.stop() }
    gate.arm()
    hangUp()
    await gate.untilEntered()
    for _ in 0..<1_000 { hangUp() }
    gate.open()
    #expect(await ends.next() == 2)
    #expect(await ends.next() == 3)
    hangUp()
    #expect(await ends.next() == 4)
    #expect(reads.load(ordering: .relaxed) == 4)
  }

  @Test("Two engines hear the same signal; one that is stopped hears it no more")
  func several() async throws {
    let text = PolicyText(policies(failures: 1))
    let ends = (ReloadEnds(), ReloadEnds())
    let first = try text.engine()
    let second = try text.engine()
    let triggers = [second.reloadOnHangup(ends.1.observer), first.reloadOnHangup(ends.0.observer)]
    defer { triggers[1].stop() }
    hangUp()
    #expect(await ends.0.next() == 2)
    #expect(await ends.1.next() == 2)
    triggers[0].stop()
    hangUp()
    #expect(await ends.0.next() == 3)
    #expect(second.generation == 2)
  }

  @Test("Following the signal does not keep an engine, and with the last one it gets its old meaning back")
  func restored() throws {
    var before = sigaction()
    unsafe sigaction(SIGHUP, nil, &before)
    var engine: ResilienceEngine? = try PolicyText(policies(failures: 1)).engine()
    engine?.reloadOnHangup()
    weak let gone = engine
    var during = sigaction()
    unsafe sigaction(SIGHUP, nil, &during)
    engine = nil
    #expect(gone == nil)
    var after = sigaction()
    unsafe sigaction(SIGHUP, nil, &after)
    let handlers = [before, during, after].map { unsafe unsafeBitCast($0.__sigaction_handler.sa_handler, to: Int.self) }
    #expect(handlers[0] == handlers[2])
    #expect(handlers[0] != handlers[1])
  }
}
