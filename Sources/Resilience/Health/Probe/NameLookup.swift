internal import ResilienceCore
internal import Synchronization

/// Finds the addresses of one endpoint, on a thread of its own.
///
/// Nothing can interrupt the system's resolver, which may take half a minute to give up. A caller that is cancelled leaves it
/// behind, and the next caller waits for the same answer, so that there is never more than one such thread for an endpoint.
final class NameLookup: Sendable {
  private struct State {
    var isRunning = false
    var waiters: [Waiter] = []
    var answer: Result<[SocketAddress], any Error>?
  }

  private let endpoint: NetworkEndpoint
  private let state = Mutex(State())

  init(_ endpoint: NetworkEndpoint) { self.endpoint = endpoint }

  /// The addresses, looked up anew unless a look-up runs.
  func addresses() async throws -> [SocketAddress] {
    let waiter = Waiter()
    let begins = state.withLock { state in
      state.waiters.append(waiter)
      defer { state.isRunning = true }
      return !state.isRunning
    }
    if begins, startThread({ self.finish(Result { try SocketAddress.find(self.endpoint) }) }) == nil {
      finish(.failure(ProbeFailure("no thread can be started")))
    }
    guard await waiter.wait(until: nil, on: .system) == .granted, let answer = state.withLock({ $0.answer }) else {
      state.withLock { $0.waiters.removeAll { $0 === waiter } }
      throw CancellationError()
    }
    return try answer.get()
  }

  private func finish(_ answer: Result<[SocketAddress], any Error>) {
    let waiters = state.withLock { state in
      state.answer = answer
      state.isRunning = false
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { _ = waiter.grant() }
  }
}
