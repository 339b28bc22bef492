import Glibc

/// The variables of this process.
enum Environment {
  /// The value of a variable; `nil` when it is unset or empty.
  static subscript(name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }
}
