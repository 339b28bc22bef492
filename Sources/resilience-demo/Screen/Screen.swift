import Glibc

/// Where the demo is shown, and what can be shown there.
struct Screen: Sendable {
  enum Colour: String, Sendable {
    case green = "32"
    case yellow = "33"
    case red = "31"
    case dim = "2"
    case bold = "1"
  }

  let isColoured: Bool
  /// Whether signs beyond ASCII can be shown.
  let hasSigns: Bool
  let width: Int

  /// What standard output is.
  static func standardOutput() -> Screen {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.map { variable($0) }.first { !$0.isEmpty } ?? ""
    return Screen(
      isColoured: isTerminal && variable("NO_COLOR").isEmpty && variable("TERM") != "dumb",
      hasSigns: locale.lowercased().filter { $0 != "-" }.contains("utf8"),
      width: isTerminal ? min(max(columns(), 60), 100) : 80)
  }

  func paint(_ text: String, _ colour: Colour) -> String {
    isColoured ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// One of two spellings of a sign.
  func sign(_ sign: String, _ ascii: String) -> String { hasSigns ? sign : ascii }

  /// A line of its own, at once.
  func show(_ line: String = "") {
    print(line)
    fflush(nil)
  }

  /// Text after a margin, broken between words so that it fits.
  func show(_ text: String, after margin: String, _ colour: Colour) {
    var margin = margin
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, margin.count + line.count + 1 + word.count > width {
        show(margin + paint(line, colour))
        margin = String(repeating: " ", count: margin.count)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    show(margin + paint(line, colour))
  }

  private static func variable(_ name: String) -> String {
    guard let value = unsafe getenv(name) else { return "" }
    return unsafe String(cString: value)
  }

  private static func columns() -> Int {
    var size = winsize()
    let answer = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size)
    return answer == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}

extension String {
  /// This text, with blanks behind it up to a width.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  /// This text, with blanks before it up to a width.
  func leading(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
