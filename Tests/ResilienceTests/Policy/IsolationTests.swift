import Dispatch
import Resilience
import ResilienceTesting
import Testing

/// Runs the jobs of one actor on a queue of its own, and tells whether code runs there.
private final class HomeExecutor: SerialExecutor {
  private static let isHome = DispatchSpecificKey<Bool>()
  private let queue = DispatchQueue(label: "home")

  init() { queue.setSpecific(key: Self.isHome, value: true) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  static var isHere: Bool { DispatchQueue.getSpecific(key: isHome) ?? false }
}

private struct Unlucky: Error {}

/// Whose code calls, by way of functions that run where their callers do.
private actor Home {
  private let executor = HomeExecutor()
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  /// Where the two attempts of a call ran, and where its caller went on.
  func call(_ policy: OperationPolicy) async throws -> [Bool] {
    let attempts = try await callHere(policy)
    return attempts + [HomeExecutor.isHere]
  }

  /// Where a call's two attempts ran that fail, and what stood in for them.
  func fail(_ engine: ResilienceEngine) async throws -> [Bool] { try await failHere(engine) }
}

/// Not a closure of the actor: its body says nothing of where it runs, so it runs where this function does.
private nonisolated(nonsending) func callHere(_ policy: OperationPolicy) async throws -> [Bool] {
  var attempts: [Bool] = []
  try await policy.run {
    attempts.append(HomeExecutor.isHere)
    await Task.yield()
    attempts.append(HomeExecutor.isHere)
    if attempts.count == 2 { throw Unlucky() }
  }
  return attempts
}

private nonisolated(nonsending) func failHere(_ engine: ResilienceEngine) async throws -> [Bool] {
  var places: [Bool] = []
  try await engine.run("read") {
    await Task.yield()
    places.append(HomeExecutor.isHere)
    throw Unlucky()
  } fallback: { _ in
    places.append(HomeExecutor.isHere)
  }
  return places
}

/// A body shares what is not sendable with its caller, and so has to run where the caller does, whatever its policy.
@Suite("Where bodies run")
struct IsolationTests {
  static let limits = [
    "", "{timeout: {after: 1h, mode: observe}}", "{timeout: 1h}",
    "{bulkhead: {concurrent: 4}}, {timeout: {after: 1h, mode: observe}}",
    "{breaker: {failures: 9, open: 1s, scope: {key: tenant}}}, {timeout: {after: 1h, mode: observe}}",
    "{breaker: {failures: 9, open: 1s, scope: {key: tenant}}}, {timeout: 1h}",
  ]

  @Test("Bodies run where their callers do, whatever bounds them", arguments: limits, [true, false])
  func atHome(_ limits: String, isVirtual: Bool) async throws {
    let layers = "{retry: {attempts: 2, backoff: none}}" + (limits.isEmpty ? "" : ", \(limits)")
    let text = "version: 1\noperations:\n  read:\n    layers: [\(layers)]\n"
    let time = isVirtual ? TimeSource.virtual(VirtualTime()) : .system
    let engine = try ResilienceEngine(policiesAt: "policies.yaml", on: time) { _ in .success(Array(text.utf8)) }
    #expect(try await Home().call(engine.policy("read")) == [true, true, true, true, true])
    #expect(try await Home().fail(engine) == [true, true, true])
  }

  @Test("Code that gets a name on virtual time runs where its caller does")
  func named() async { #expect(await Home().isHomeUnderAName()) }
}

extension Home {
  fileprivate func isHomeUnderAName() async -> Bool { await isHereUnderAName() }
}

private nonisolated(nonsending) func isHereUnderAName() async -> Bool {
  await VirtualTime().named("visit") {
    await Task.yield()
    return HomeExecutor.isHere
  }
}
