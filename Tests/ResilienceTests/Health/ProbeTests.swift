import Glibc
import Synchronization
import Testing

@testable import Resilience

@Suite("Probes that ask the system", .serialized)
struct ProbeTests {
  private func endpoint(_ host: String, _ port: UInt16) -> NetworkEndpoint { NetworkEndpoint(host: host, port: port) }

  @Test("tcp: something that listens is healthy, by IPv4, by IPv6 and by name")
  func tcp() async throws {
    let server = try Server()
    #expect(try await TCPCheck("db", endpoint("127.0.0.1", server.port)).check() == .healthy)
    #expect(try await TCPCheck("db", endpoint("localhost", server.port)).check() == .healthy)
    withExtendedLifetime(server) {}
    if let six = try? Server(family: AF_INET6) {
      #expect(try await TCPCheck("db", endpoint("::1", six.port)).check() == .healthy)
      withExtendedLifetime(six) {}
    }
  }

  @Test("tcp: nothing that listens, and a name that does not exist, are errors that say so")
  func tcpRefused() async throws {
    let port = try Server.freePort()
    let refused = await #expect(throws: ProbeFailure.self) {
      try await TCPCheck("db", endpoint("127.0.0.1", port)).check()
    }
    #expect(refused?.description == "connect to 127.0.0.1:\(port): Connection refused")
    let unknown = await #expect(throws: ProbeFailure.self) {
      try await TCPCheck("db", endpoint("no-such-host.invalid", port)).check()
    }
    #expect(unknown?.description.hasPrefix("no-such-host.invalid: ") == true)
  }

  @Test(
    "http: an expected status is healthy, another one says which it was",
    arguments: [
      ("HTTP/1.1 204 No Content\r\n\r\n", nil), ("HTTP/1.0 200\r\n\r\n", nil),
      ("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", nil),
      ("HTTP/1.1 503 Service Unavailable\r\n\r\n", "answered 503"), ("HTTP/1.1 301 Moved\r\n\r\n", "answered 301"),
    ] as [(String, String?)])
  func http(answer: String, complaint: String?) async throws {
    let server = try Server(answer: answer)
    let address = try #require(HTTPAddress("http://127.0.0.1:\(server.port)/health?deep=1"))
    let report = try await HTTPCheck("web", address).check()
    #expect(report == complaint.map { .unhealthy("\(address) \($0)") } ?? .healthy)
    let wide = try await HTTPCheck("web", address, expecting: [200...399, 503...503]).check()
    #expect(wide == .healthy)
    withExtendedLifetime(server) {}
  }

  @Test(
    "http: what is no answer is an error that says why",
    arguments: [
      ("", "the server closed without an answer"), ("HTTP/1.1 2", "the answer was cut off"),
      ("SSH-2.0-OpenSSH\r\n", "the answer is no HTTP/1"), ("HTTP/2 200\r\n", "the answer is no HTTP/1"),
      ("HTTP/1.1 099 x\r\n", "the answer is no HTTP/1"), ("HTTP/1.1 2000 x\r\n", "the answer is no HTTP/1"),
    ])
  func noHTTP(answer: String, complaint: String) async throws {
    let server = try Server(answer: answer)
    let address = try #require(HTTPAddress("http://127.0.0.1:\(server.port)/"))
    let error = await #expect(throws: ProbeFailure.self) { try await HTTPCheck("web", address).check() }
    #expect(error?.description == complaint)
    withExtendedLifetime(server) {}
  }

  @Test("http: an answer without end is not read for ever")
  func endless() throws {
    var head = HTTPResponseHead()
    let part = [UInt8](repeating: UInt8(ascii: "x"), count: 4_096)
    for _ in 0..<4 { #expect(try head.take(part) == nil) }
    #expect(throws: ProbeFailure.self) { try head.take(part) }
  }

  @Test("A probe that is cancelled while it waits ends at once and leaves no descriptor behind")
  func cancelledSocket() async throws {
    let server = try Server(answer: "", closes: false)
    let address = try #require(HTTPAddress("http://127.0.0.1:\(server.port)/"))
    // What the system opens once, for names and threads, is open from here on.
    let warmUp = Task { try await HTTPCheck("web", address).check() }
    warmUp.cancel()
    _ = await warmUp.result
    let before = openSockets()
    for _ in 0..<20 {
      let task = Task { try await HTTPCheck("web", address).check() }
      for _ in 0..<10 { await Task.yield() }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
    #expect(openSockets() - before <= 20, "the server's side of each may be open, and nothing else")
    withExtendedLifetime(server) {}
  }

  @Test("A probe that is cancelled while it connects leaves no descriptor behind")
  func cancelledConnect() async throws {
    // Nobody accepts: after the first callers the system answers nobody, and connecting takes for ever.
    let server = try Server(backlog: 0)
    let check = TCPCheck("full", endpoint("127.0.0.1", server.port))
    let before = openSockets()
    var cancelled = 0
    while cancelled < 5 {
      let end = Flag()
      try await withThrowingTaskGroup(of: Bool.self) { group in
        group.addTask {
          defer { end.set() }
          return (try? await check.check()) == nil
        }
        while openSockets() == before, !end.isSet { await Task.yield() }
        group.cancelAll()
        if try await group.next() == true { cancelled += 1 }
      }
    }
    #expect(openSockets() == before)
    withExtendedLifetime(server) {}
  }

  @Test("exec: status 0 is healthy with its first line, another one is not, and says both")
  func exec() async throws {
    #expect(try await CommandCheck("disk", ["true"]).check() == .healthy)
    #expect(try await CommandCheck("disk", ["echo", "7% used"]).check() == .healthy("7% used"))
    let bad = try await CommandCheck("disk", ["sh", "-c", "echo disk full >&2; exit 3"]).check()
    #expect(bad == .unhealthy("exit 3: disk full"))
    let killed = try await CommandCheck("disk", ["sh", "-c", "kill -9 $$"]).check()
    #expect(killed == .unhealthy("killed by signal 9"))
    let missing = await #expect(throws: ProbeFailure.self) {
      try await CommandCheck("disk", ["no-such-program"]).check()
    }
    #expect(missing?.description == "no-such-program: No such file or directory")
    let input = try await CommandCheck("disk", ["sh", "-c", "cat; echo read"]).check()
    #expect(input == .healthy("read"))
  }

  @Test("exec: a lot of output is not kept, and holds nothing up")
  func output() async throws {
    let report = try await CommandCheck("loud", ["sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' 'x'"]).check()
    #expect(report.message?.count == 4_096)
  }

  @Test(
    "exec: a command that is cancelled goes with its whole group, also when it ignores being told",
    arguments: [false, true])
  func cancelledCommand(isStubborn: Bool) async throws {
    let directory = try PolicyDirectory()
    let trap = isStubborn ? "trap '' TERM; " : ""
    let script =
      "\(trap)sleep 1000 & echo $! > \(directory.file("child")); echo $$ > \(directory.file("leader")); wait; sleep 1000"
    let task = Task { try await CommandCheck("stuck", ["sh", "-c", script]).check() }
    var leader: pid_t?
    while leader == nil {
      await Task.yield()
      leader = number(in: directory.file("leader"))
    }
    let child = try #require(number(in: directory.file("child")))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    let process = try #require(leader)
    #expect(kill(process, 0) == -1 && errno == ESRCH, "the leader is awaited")
    // The child was killed; whoever adopted it has to take it.
    while kill(child, 0) == 0, isAlive(child) { await Task.yield() }
  }

  @Test("exec: what a command that ends by itself leaves in the background goes on, and holds nothing up")
  func background() async throws {
    let directory = try PolicyDirectory()
    let script = "sleep 1000 & echo $! > \(directory.file("child")); echo started"
    #expect(try await CommandCheck("starter", ["sh", "-c", script]).check() == .healthy("started"))
    let child = try #require(number(in: directory.file("child")))
    #expect(isAlive(child))
    kill(child, SIGKILL)
  }

  @Test("breaker: closed is healthy, half-open degraded, open and isolated unhealthy")
  func breaker() async throws {
    let breaker = CircuitBreaker(
      "db", CircuitBreakerSettings(failures: 1, open: .init(.zero), halfOpen: .init(lease: .seconds(60))))
    let check = BreakerCheck("b", breaker)
    #expect(try await check.check() == .healthy)
    await #expect(throws: Refused.self) { try await breaker.run { () -> Int in throw Refused() } }
    #expect(try await check.check() == .unhealthy("breaker db is open"))
    let probing = try await breaker.run { try await check.check() }
    #expect(probing == .degraded("breaker db is half-open"))
    #expect(try await check.check() == .healthy)
    _ = breaker.hold(by: "x", at: Instant(nanoseconds: 0))
    #expect(try await check.check() == .unhealthy("breaker db is isolated"))
  }

  /// How many sockets this process has open.
  private func openSockets() -> Int {
    (0..<1_024).count { descriptor in
      var information = stat()
      return unsafe fstat(Int32(descriptor), &information) == 0 && information.st_mode & S_IFMT == S_IFSOCK
    }
  }

  private func number(in path: String) -> pid_t? {
    guard let file = unsafe fopen(path, "r") else { return nil }
    defer { unsafe fclose(file) }
    var buffer = [CChar](repeating: 0, count: 32)
    guard unsafe fgets(&buffer, 32, file) != nil else { return nil }
    let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return text.hasSuffix("\n") ? pid_t(text.dropLast()) : nil
  }

  /// Whether a process runs: a dead one that nobody has taken does not.
  private func isAlive(_ process: pid_t) -> Bool {
    guard let file = unsafe fopen("/proc/\(process)/stat", "r") else { return false }
    defer { unsafe fclose(file) }
    var buffer = [CChar](repeating: 0, count: 512)
    guard unsafe fgets(&buffer, 512, file) != nil else { return false }
    let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return text.split(separator: ")").last?.split(separator: " ").first.map { $0 != "Z" && $0 != "X" } ?? false
  }
}

private final class Flag: Sendable {
  private let state = Atomic(false)

  var isSet: Bool { state.load(ordering: .acquiring) }
  func set() { state.store(true, ordering: .releasing) }
}
