import Synchronization

/// The name of a live mechanism, which a reload can change.
struct InstanceName: ~Copyable, Sendable {
  private let current: Mutex<String>

  init(_ text: String) { current = Mutex(text) }

  var text: String { current.withLock { $0 } }

  /// Puts `new` in the place of `old` at the beginning: `old{tenant=a}` becomes `new{tenant=a}`.
  func replace(_ old: String, by new: String) {
    current.withLock { text in
      if text.hasPrefix(old) { text = new + text.dropFirst(old.count) }
    }
  }
}
