internal import ResilienceCore
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The process's SIGHUP, for as many listeners as want it.
///
/// The handler may do next to nothing, so it writes a byte into a pipe, and a thread of its own reads the pipe and calls the
/// listeners. Signals that come while they run leave bytes that are read together: they become one more call. Pipe and thread
/// stay once they are there, because a handler that still runs somewhere must never meet a descriptor that means something
/// else; without listeners the signal has its old meaning and the thread sleeps.
final class HangupSignal: Sendable {
  static let shared = HangupSignal()

  private struct State: ~Copyable {
    var listeners: [Int: @Sendable () -> Void] = [:]
    var nextID = 0
    var pipe: WakePipe?
    var previous: sigaction?
  }

  private let state = Mutex(State())

  /// Calls `listener`, on a thread of its own, after each SIGHUP or burst of them.
  ///
  /// - Returns: what ``remove(_:)`` takes; `nil` when the system has no descriptor or thread left.
  func add(_ listener: @escaping @Sendable () -> Void) -> Int? {
    state.withLock { state in
      guard Self.start(&state) else { return nil }
      if state.listeners.isEmpty { state.previous = Self.install() }
      state.nextID += 1
      state.listeners[state.nextID] = listener
      return state.nextID
    }
  }

  /// Forgets a listener; with the last one the signal gets its old meaning back.
  func remove(_ id: Int) {
    state.withLock { state in
      guard state.listeners.removeValue(forKey: id) != nil, state.listeners.isEmpty else { return }
      if var previous = state.previous.take() { unsafe sigaction(SIGHUP, &previous, nil) }
    }
  }

  private static func start(_ state: inout State) -> Bool {
    if state.pipe != nil { return true }
    guard let pipe = WakePipe(), startThread({ HangupSignal.shared.listen(to: pipe) }) != nil else { return false }
    hangupWriter.store(pipe.writer, ordering: .releasing)
    state.pipe = pipe
    return true
  }

  private static func install() -> sigaction {
    var action = sigaction()
    var previous = sigaction()
    #if canImport(Glibc)
      unsafe action.__sigaction_handler.sa_handler = noteHangup
    #else
      unsafe action.__sigaction_u.__sa_handler = noteHangup
    #endif
    action.sa_flags = Int32(SA_RESTART)
    unsafe sigaction(SIGHUP, &action, &previous)
    return previous
  }

  private func listen(to pipe: WakePipe) {
    while pipe.sleep() {
      let listeners = state.withLock { $0.listeners }
      for listener in listeners.sorted(by: { $0.key < $1.key }) { listener.value() }
    }
  }
}

/// The writing end of the pipe; outside of any object, because a signal handler reaches nothing else.
private let hangupWriter = Atomic<Int32>(-1)

/// Runs as a signal handler, on whatever thread: it may only call what is safe there, and leaves `errno` as it was.
private func noteHangup(_: Int32) {
  let before = errno
  WakePipe.wake(hangupWriter.load(ordering: .relaxed))
  errno = before
}
