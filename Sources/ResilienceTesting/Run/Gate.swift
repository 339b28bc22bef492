public import ResilienceCore
import Synchronization

/// Something that tasks of a run wait for until another one says go, named in reports.
///
/// ```swift
/// let replied = Gate("the reply", on: time)
/// async let answer: Void = replied.wait()
/// replied.open()
/// ```
public final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiters: [Waiter] = []
  }

  private let name: String
  private let time: VirtualTime
  private let state = Mutex(State())

  /// A gate that is closed.
  public init(_ name: String, on time: VirtualTime) {
    self.name = name
    self.time = time
  }

  /// Lets everybody through who waits, and who comes later.
  public func open() {
    let waiters = state.withLock { state in
      state.isOpen = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { _ = waiter.grant() }
  }

  /// Waits until the gate is open.
  ///
  /// - Throws: `CancellationError` when the task was cancelled first.
  public func wait() async throws {
    let waiter = Waiter(for: .other(name))
    let isOpen = state.withLock { state in
      if !state.isOpen { state.waiters.append(waiter) }
      return state.isOpen
    }
    if isOpen { return }
    if await waiter.wait(until: nil, on: .virtual(time)) == .cancelled { throw CancellationError() }
  }
}
