import Synchronization

#if THREAD_SANITIZER
  import ResilienceCore
#endif

/// A value that several threads look at and change.
final class Shared<Value: Sendable>: Sendable {
  private let state: Mutex<Value>

  init(_ value: Value) { state = Mutex(value) }

  var value: Value { state.withLock { $0 } }

  func change(_ body: @Sendable (inout Value) -> Void) { state.withLock { body(&$0) } }
}

/// Lines in the order in which they were written.
final class Lines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }
  var count: Int { lines.withLock { $0.count } }

  func add(_ line: String) { lines.withLock { $0.append(line) } }
}
