internal import Dispatch
import Synchronization

#if THREAD_SANITIZER
  internal import ResilienceCore
#endif

/// What `transform` makes of each number below `count`, in their order, made on all processors at once.
///
/// Numbers are begun in ascending order.
///
/// - Parameter start: Is told how many were begun, from 1; never by two threads at once.
func mapInParallel<Value: Sendable>(
  _ count: Int, start: @Sendable (Int) -> Void, _ transform: @Sendable (Int) -> Value
) -> [Value] {
  let begun = Mutex(0)
  let values = Mutex([Value?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: count) { _ in
    let index = begun.withLock { begun in
      defer { begun += 1 }
      start(begun + 1)
      return begun
    }
    let value = transform(index)
    values.withLock { $0[index] = value }
  }
  return values.withLock { $0.compactMap(\.self) }
}
