import Synchronization

#if THREAD_SANITIZER
  import ResilienceCore
#endif

/// What happened, in order.
final class Journal: Sendable {
  private let state = Mutex<[String]>([])
  var entries: [String] { state.withLock { $0 } }
  func add(_ entry: String) { state.withLock { $0.append(entry) } }
}
