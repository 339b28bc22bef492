import PolicyLanguage

/// How parts of a report are set off from each other on a terminal.
public struct Palette: Sendable, Hashable {
  enum Part {
    case severity(Severity)
    case title
    case gutter
    case label
    case strong
  }

  private let isColoured: Bool

  /// No control sequences at all.
  public static let plain = Palette(isColoured: false)
  /// The sixteen colours that every terminal has.
  public static let coloured = Palette(isColoured: true)

  func paint(_ text: String, _ part: Part) -> String {
    guard isColoured, !text.isEmpty else { return text }
    return "\u{1B}[\(code(part))m\(text)\u{1B}[0m"
  }

  private func code(_ part: Part) -> String {
    switch part {
    case .severity(.error): "1;31"
    case .severity(.warning): "1;33"
    case .severity(.info): "1;36"
    case .title: "1"
    case .gutter: "34"
    case .label: "36"
    case .strong: "1"
    }
  }
}
