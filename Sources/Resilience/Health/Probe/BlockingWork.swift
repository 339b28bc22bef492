internal import ResilienceCore

/// Runs work that blocks on a thread of its own and waits for its end.
///
/// The pool of threads that run tasks is as small as the machine: what blocks one of them blocks the service. The work sleeps in
/// `poll` on the interruption besides its own descriptors, and ends when that is readable: the task was cancelled then.
func onOwnThread<Value: Sendable>(
  _ work: @escaping @Sendable (_ interruption: WakePipe) throws -> Value
) async throws -> Value {
  guard let interruption = WakePipe() else { throw ProbeFailure("no descriptor is left") }
  return try await withTaskCancellationHandler {
    try await withCheckedThrowingContinuation { continuation in
      let thread = startThread {
        let result = Result { try work(interruption) }
        continuation.resume(with: result)
      }
      if thread == nil { continuation.resume(throwing: ProbeFailure("no thread can be started")) }
    }
  } onCancel: {
    interruption.wake()
  }
}
