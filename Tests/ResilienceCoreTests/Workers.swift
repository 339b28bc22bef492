import Synchronization

/// Runs `body` on four threads at once and waits for all of them.
func onWorkers(_ body: @escaping @Sendable (_ worker: Int) -> Void) async {
  await withTaskGroup(of: Void.self) { group in
    for worker in 0..<4 { group.addTask { body(worker) } }
  }
}

/// A number that threads share.
final class SharedCount: Sendable {
  private let number = Atomic<Int>(0)

  var value: Int { number.load(ordering: .sequentiallyConsistent) }

  @discardableResult
  func add(_ more: Int = 1) -> Int { number.wrappingAdd(more, ordering: .sequentiallyConsistent).newValue }

  func raise(to least: Int) { number.max(least, ordering: .relaxed) }

  func take() -> Int { number.exchange(0, ordering: .sequentiallyConsistent) }
}
