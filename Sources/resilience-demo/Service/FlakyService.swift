import Synchronization

/// A service that answers as it is told to: well, badly, slowly or not at all.
///
/// It keeps its port while it refuses connections, so it comes back where it was.
final class FlakyService: Sendable {
  enum Mood: Sendable {
    case healthy
    /// Every third request gets a 503.
    case shaky
    /// Every request gets a 503.
    case failing
    /// Answers after this time.
    case slow(Duration)
    /// Nobody listens.
    case refusing
  }

  private struct State {
    var mood = Mood.healthy
    var listener: Socket?
    var requests = 0
  }

  let port: UInt16
  private let loop: SocketLoop
  private let anchor: Socket
  private let state = Mutex(State())
  private let listeners: AsyncStream<Socket>
  private let newListener: AsyncStream<Socket>.Continuation

  init(on loop: SocketLoop) throws {
    self.loop = loop
    anchor = try Socket.bound(to: 0, on: loop)
    port = try anchor.port()
    (listeners, newListener) = AsyncStream.makeStream(of: Socket.self)
    try become(.healthy)
  }

  /// Behaves so from the next request on.
  func become(_ mood: Mood) throws {
    if case .refusing = mood {
      state.withLock { state in
        state.mood = mood
        return state.listener.take()
      }?.shutDown()
      return
    }
    let isListening = state.withLock { state in
      state.mood = mood
      return state.listener != nil
    }
    guard !isListening else { return }
    let listener = try Socket.listening(on: port, loop: loop)
    state.withLock { $0.listener = listener }
    newListener.yield(listener)
  }

  /// Serves until the task is cancelled.
  func serve() async {
    await withDiscardingTaskGroup { group in
      for await listener in listeners {
        while let connection = try? await listener.accept() {
          group.addTask { try? await self.answer(connection) }
        }
      }
    }
  }

  private func answer(_ connection: Socket) async throws {
    let request = try await connection.receiveLine()
    let (mood, number) = state.withLock { state in
      state.requests += 1
      return (state.mood, state.requests)
    }
    switch mood {
    case .healthy: try connection.send(line: "200 \(request)")
    case .shaky: try connection.send(line: number.isMultiple(of: 3) ? "503" : "200 \(request)")
    case .failing: try connection.send(line: "503")
    case .slow(let time):
      try await Task.sleep(for: time)
      try connection.send(line: "200 \(request)")
    case .refusing: break
    }
  }
}
