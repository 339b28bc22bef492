#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The environment variable; `nil` when it is not set or empty, which mean the same to us.
func environmentVariable(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  let text = unsafe String(cString: value)
  return text.isEmpty ? nil : text
}

/// When output is coloured.
enum ColourChoice: String, CaseIterable {
  case auto, always, never

  /// Whether what goes to `output` is coloured: as asked for, else as `NO_COLOR`, `FORCE_COLOR` and `TERM` say, else on
  /// terminals.
  func applies(to output: Output) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      if environmentVariable("NO_COLOR") != nil { return false }
      if let force = environmentVariable("FORCE_COLOR") { return force != "0" }
      return output.isTerminal && environmentVariable("TERM") != "dumb"
    }
  }
}
