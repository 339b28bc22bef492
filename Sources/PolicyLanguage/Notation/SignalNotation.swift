#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension TextNotation where Value == Int32 {
  /// The name of a signal: `SIGKILL`.
  static var signal: TextNotation {
    TextNotation(
      .text(TextShape("signal name", examples: ["SIGKILL", "SIGTERM"], pattern: "^SIG[A-Z0-9]+$")),
      parse: { text throws(Advice) in try SignalText.parse(text) },
      show: { number in SignalText.numbers.first { $0.value == number }?.key })
  }
}

/// The names of signals, with this system's numbers.
enum SignalText {
  static let numbers: [String: Int32] = [
    "SIGHUP": SIGHUP, "SIGINT": SIGINT, "SIGQUIT": SIGQUIT, "SIGILL": SIGILL, "SIGTRAP": SIGTRAP, "SIGABRT": SIGABRT,
    "SIGBUS": SIGBUS, "SIGFPE": SIGFPE, "SIGKILL": SIGKILL, "SIGUSR1": SIGUSR1, "SIGSEGV": SIGSEGV, "SIGUSR2": SIGUSR2,
    "SIGPIPE": SIGPIPE, "SIGALRM": SIGALRM, "SIGTERM": SIGTERM, "SIGXCPU": SIGXCPU, "SIGXFSZ": SIGXFSZ,
    "SIGVTALRM": SIGVTALRM, "SIGPROF": SIGPROF, "SIGSYS": SIGSYS,
  ]

  static func parse(_ text: String) throws(Advice) -> Int32 {
    if let number = numbers[text] { return number }
    throw advice(text)
  }

  private static func advice(_ text: String) -> Advice {
    let complaint = "`\(text)` is not a signal's name"
    let upper = text.uppercased()
    for name in [upper, "SIG" + upper] where numbers[name] != nil {
      return Advice(.wrongType, complaint, replacement: name)
    }
    if let number = Int32(text), let name = numbers.first(where: { $0.value == number })?.key {
      return Advice(.wrongType, complaint, replacement: name, safety: .unsafe)
    }
    if let near = NearestName(to: upper, among: numbers.keys).best {
      return Advice(.wrongType, complaint, replacement: near, safety: .unsafe)
    }
    return Advice(.wrongType, complaint, help: "write a name such as `SIGKILL`")
  }
}
