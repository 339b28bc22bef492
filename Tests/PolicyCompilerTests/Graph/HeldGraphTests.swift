import PolicyCompiler
import ResilienceCore
import Testing

// The limit ends a run in which nothing is ever freed; it is no measure of how fast that is.
@Suite("Graphs that only a fallback holds", .timeLimit(.minutes(20)))
struct HeldGraphTests {
  @TaskLocal private static var isCaller = false

  /// Tells whether it goes while the caller lets the last handler go.
  private final class Witness: Sendable {
    private let wentWithCaller: AsyncStream<Bool>.Continuation

    init(_ wentWithCaller: AsyncStream<Bool>.Continuation) { self.wentWithCaller = wentWithCaller }

    deinit {
      wentWithCaller.yield(HeldGraphTests.isCaller)
      wentWithCaller.finish()
    }
  }

  /// The body of one operation; the witness goes with the graph, which holds the body of another one.
  private func body(ofGraphWith operations: Int, _ witness: Witness) throws -> FallbackHandler {
    let names = (0..<operations).map { "  operation-\($0): {layers: [{deadline: 1s}]}\n" }
    let context = CompilerContext(
      time: .virtual(VirtualTime()), chance: Chance(seed: 0),
      operations: [
        "operation-0": FallbackHandler(returning: Int.self) { _ in 0 },
        "operation-1": FallbackHandler(returning: Int.self) { [witness] _ in withExtendedLifetime(witness) { 1 } },
      ])
    let graph = PolicyGraph(try document("version: 1\noperations:\n" + names.joined()), context)
    return try #require(graph.registeredBody(of: "operation-0"))
  }

  private func isFreedByCaller(operations: Int) async throws -> Bool? {
    let (stream, continuation) = AsyncStream.makeStream(of: Bool.self)
    var held: FallbackHandler? = try body(ofGraphWith: operations, Witness(continuation))
    #expect(held != nil)
    Self.$isCaller.withValue(true) { held = nil }
    return await stream.first { _ in true }
  }

  @Test("a large one is freed on a thread of its own, so that no caller waits for it")
  func large() async throws {
    #expect(try await isFreedByCaller(operations: 1_001) == false)
  }

  @Test("a small one is freed by whoever lets it go")
  func small() async throws {
    #expect(try await isFreedByCaller(operations: 1_000) == true)
  }
}
