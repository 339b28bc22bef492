import Synchronization

/// The text of the policy file, replaced while the engine runs.
final class SharedText: Sendable {
  private let text: Mutex<String>

  init(_ text: String) { self.text = Mutex(text) }

  var bytes: [UInt8] { Array(text.withLock { $0 }.utf8) }

  func replace(with text: String) { self.text.withLock { $0 = text } }
}
