import Glibc

/// Where lines for the user go.
struct StandardError: Sendable {
  enum Tone: Sendable {
    case plain, warning, failure
  }

  private let isColoured: Bool

  /// Coloured only on a terminal that can, and not when `NO_COLOR` is set.
  init() {
    isColoured = isatty(STDERR_FILENO) == 1 && Environment["NO_COLOR"] == nil && Environment["TERM"] != "dumb"
  }

  /// One line, in one write, so that the lines of concurrent commands do not mix with it.
  func say(_ text: String, _ tone: Tone = .plain) {
    write(isColoured ? "\u{1B}[2mpolicy:\u{1B}[0m \(tone.colour)\(text)\u{1B}[0m\n" : "policy: \(text)\n")
  }

  /// Text as it is.
  func write(_ text: String) { OutputFile.standardError.write(text) }
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
