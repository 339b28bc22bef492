import Glibc
import Synchronization

/// Waits for sockets on one thread, so that tasks can wait for them without blocking a thread each.
final class SocketLoop: Sendable {
  enum Event: Sendable {
    case readable, writable
  }

  private struct Waiter: Sendable {
    let ticket: UInt64
    let descriptor: Int32
    let event: Event
    let waiting: CheckedContinuation<Void, any Error>
  }

  private struct Waiters: Sendable {
    var tickets: UInt64 = 0
    var all: [Waiter] = []
  }

  private let waiters = Mutex(Waiters())
  /// A pipe that is written to when ``waiters`` changed.
  private let bell: (ear: Int32, hammer: Int32)

  /// - Throws: The system gave no descriptor or no thread.
  init() throws {
    var ends: [Int32] = [-1, -1]
    try SystemError.check(unsafe pipe(&ends))
    for end in ends { try SystemError.check(fcntl(end, F_SETFL, O_NONBLOCK)) }
    bell = (ends[0], ends[1])
    var thread = pthread_t()
    let loop = unsafe Unmanaged.passRetained(self)
    let status = unsafe pthread_create(&thread, nil, runSocketLoop, loop.toOpaque())
    guard status == 0 else {
      unsafe loop.release()
      throw SystemError(errno: status)
    }
    pthread_detach(thread)
  }

  /// Returns when the socket can be read or written, or has failed: the next system call on it tells.
  ///
  /// - Throws: `CancellationError` when the task is cancelled meanwhile.
  func wait(for event: Event, on socket: borrowing Socket) async throws {
    let descriptor = socket.descriptor
    let ticket = waiters.withLock { waiters in
      waiters.tickets += 1
      return waiters.tickets
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (waiting: CheckedContinuation<Void, any Error>) in
        let waiter = Waiter(ticket: ticket, descriptor: descriptor, event: event, waiting: waiting)
        waiters.withLock { $0.all.append(waiter) }
        if Task.isCancelled { cancel(ticket) } else { ring() }
      }
    } onCancel: {
      cancel(ticket)
    }
  }

  private func cancel(_ ticket: UInt64) {
    let waiter = waiters.withLock { waiters in
      waiters.all.firstIndex { $0.ticket == ticket }.map { waiters.all.remove(at: $0) }
    }
    waiter?.waiting.resume(throwing: CancellationError())
  }

  private func ring() {
    unsafe _ = write(bell.hammer, [1], 1)
  }

  fileprivate func run() -> Never {
    var strokes = [UInt8](repeating: 0, count: 64)
    while true {
      let waiting = waiters.withLock { $0.all }
      var polled = [pollfd(fd: bell.ear, events: Int16(POLLIN), revents: 0)]
      polled += waiting.map { pollfd(fd: $0.descriptor, events: $0.event.mask, revents: 0) }
      unsafe _ = poll(&polled, nfds_t(polled.count), -1)
      unsafe _ = read(bell.ear, &strokes, strokes.count)
      let ready = zip(waiting, polled.dropFirst()).filter { $0.1.revents != 0 }.map(\.0.ticket)
      resume(Set(ready))
    }
  }

  private func resume(_ tickets: Set<UInt64>) {
    guard !tickets.isEmpty else { return }
    let ready = waiters.withLock { waiters in
      let ready = waiters.all.filter { tickets.contains($0.ticket) }
      waiters.all.removeAll { tickets.contains($0.ticket) }
      return ready
    }
    for waiter in ready { waiter.waiting.resume() }
  }
}

extension SocketLoop.Event {
  fileprivate var mask: Int16 {
    switch self {
    case .readable: Int16(POLLIN)
    case .writable: Int16(POLLOUT)
    }
  }
}

private func runSocketLoop(_ loop: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let loop = unsafe loop { unsafe Unmanaged<SocketLoop>.fromOpaque(loop).takeRetainedValue().run() }
  return nil
}
