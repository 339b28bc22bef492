import Glibc

/// Where lines for the user go.
struct StandardError: Sendable {
  enum Tone: Sendable {
    case plain, warning, failure
  }

  private let isColoured: Bool

  /// Coloured only on a terminal that can, and not when `NO_COLOR` is set.
  init() {
    isColoured = isatty(STDERR_FILENO) == 1 && !Self.isSet("NO_COLOR") && Self.variable("TERM") != "dumb"
  }

  /// One line, in one write, so that the lines of concurrent commands do not mix with it.
  func say(_ text: String, _ tone: Tone = .plain) {
    write(isColoured ? "\u{1B}[2mpolicy:\u{1B}[0m \(tone.colour)\(text)\u{1B}[0m\n" : "policy: \(text)\n")
  }

  /// Text as it is.
  func write(_ text: String) { OutputFile(descriptor: STDERR_FILENO).write(text) }

  private static func isSet(_ name: String) -> Bool { !(variable(name) ?? "").isEmpty }

  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}

extension StandardError.Tone {
  fileprivate var colour: String {
    switch self {
    case .plain: ""
    case .warning: "\u{1B}[33m"
    case .failure: "\u{1B}[31m"
    }
  }
}

/// A descriptor that text is written to.
struct OutputFile: Sendable {
  let descriptor: Int32

  /// Writes all of a text.
  ///
  /// - Returns: `false` when the other side does not take it.
  @discardableResult
  func write(_ text: String) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return false }
      bytes = bytes.dropFirst(written)
    }
    return true
  }
}
