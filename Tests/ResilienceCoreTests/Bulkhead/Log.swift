import Synchronization

#if THREAD_SANITIZER
  import ResilienceCore
#endif

/// What happened, in order.
final class Log: Sendable {
  private let entries = Mutex<[Int]>([])

  func add(_ number: Int) { entries.withLock { $0.append(number) } }

  /// What has been added since it was taken last.
  func take() -> [Int] {
    entries.withLock { entries in
      defer { entries = [] }
      return entries
    }
  }

  var numbers: [Int] { entries.withLock { $0 } }
}
