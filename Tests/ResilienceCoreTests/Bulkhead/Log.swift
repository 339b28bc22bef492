import Synchronization

/// What happened, in order.
final class Log: Sendable {
  private let entries = Mutex<[Int]>([])

  func add(_ number: Int) { entries.withLock { $0.append(number) } }

  var numbers: [Int] { entries.withLock { $0 } }
}
