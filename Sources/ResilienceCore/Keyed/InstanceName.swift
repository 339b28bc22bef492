import Synchronization

/// The name of a live mechanism, which a reload can change.
struct InstanceName: ~Copyable, Sendable {
  private let current: Mutex<String>

  init(_ text: String) { current = Mutex(text) }

  var text: String { current.withLock { $0 } }

  /// See ``Swift/String/rename(from:to:)``.
  func replace(_ old: String, by new: String) { current.withLock { $0.rename(from: old, to: new) } }
}

extension String {
  /// Puts `new` in the place of `old` at the beginning: `old{tenant=a}` becomes `new{tenant=a}`.
  mutating func rename(from old: String, to new: String) {
    if hasPrefix(old) { self = new + dropFirst(old.count) }
  }
}
