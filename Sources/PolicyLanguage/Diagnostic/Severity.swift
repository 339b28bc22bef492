/// How much a finding weighs.
public enum Severity: String, Sendable, CaseIterable, Comparable {
  case info, warning, error

  /// Info is less than a warning, a warning less than an error.
  public static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

  private var weight: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}
