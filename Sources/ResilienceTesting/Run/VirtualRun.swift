import ResilienceCore
import Synchronization

/// One run on virtual time: its executor, its time and what it traced.
struct VirtualRun {
  let trace: Trace
  private let executor: DeterministicExecutor
  private let time: VirtualTime

  init(seed: UInt64?) {
    let executor = DeterministicExecutor(seed: seed)
    self.executor = executor
    time = VirtualTime(executor: executor) { time in executor.runNext() || time.advanceToNextTimer() }
    trace = Trace(of: time)
  }

  func run<Value: Sendable>(_ body: @escaping @Sendable (VirtualTime) async throws -> Value) throws -> Value {
    let outcome = Outcome<Value>()
    let (time, trace) = (time, trace)
    let task = Task(executorPreference: executor) {
      do {
        outcome.set(.success(try await Trace.$current.withValue(trace) { try await body(time) }))
      } catch {
        outcome.set(.failure(error))
      }
    }
    while true {
      while executor.runNext() {}
      if let result = outcome.result { return try result.get() }
      guard time.advanceToNextTimer() else { break }
    }
    let deadlock = Deadlock(of: time)
    task.cancel()
    while executor.runNext() {}
    // A task that not even its cancellation ends still refers to its executor without owning it.
    if outcome.result == nil { unsafe _ = Unmanaged.passRetained(executor) }
    throw deadlock
  }
}

/// What the body leaves behind.
private final class Outcome<Value: Sendable>: Sendable {
  private let state = Mutex<Result<Value, any Error>?>(nil)

  var result: Result<Value, any Error>? { state.withLock { $0 } }

  func set(_ result: Result<Value, any Error>) { state.withLock { $0 = result } }
}
