internal import ResilienceCore

/// An endpoint of the network while it is read.
extension TextNotation where Value == NetworkEndpoint? {
  /// A host and a port: `127.0.0.1:5432`.
  static var endpoint: TextNotation {
    TextNotation(
      .text(
        TextShape(
          "host and port", examples: ["127.0.0.1:5432", "db.internal:5432"],
          pattern: #"^(\[[^\]\s]+\]|[^\s:/]+):[0-9]+$"#)),
      parse: { text throws(Advice) in
        guard let endpoint = NetworkEndpoint(text) else { throw EndpointText.advice(text) }
        return endpoint
      },
      show: { $0?.description })
  }
}

extension TextNotation where Value == HTTPAddress? {
  /// A URL of plain HTTP.
  static var httpAddress: TextNotation {
    TextNotation(
      .text(TextShape("URL", examples: ["http://127.0.0.1:8080/healthz"], pattern: #"^[Hh][Tt][Tt][Pp]://\S+$"#)),
      parse: { text throws(Advice) in
        guard let address = HTTPAddress(text) else { throw HTTPAddressText.advice(text) }
        return address
      },
      show: { $0?.description })
  }
}

/// What to say of a text that is not a host and a port.
private enum EndpointText {
  static func advice(_ text: String) -> Advice {
    let help = "write a host and a port, such as `db.internal:5432` or `[::1]:5432`"
    if text.contains("://") {
      return Advice(.wrongType, "`\(text)` is a URL; a host and a port are read here", help: help)
    }
    if text.count(where: { $0 == ":" }) > 1, !text.contains("[") {
      return Advice(
        .wrongType, "`\(text)` is not a host and a port", help: "an IPv6 address stands in brackets: \(help)")
    }
    guard let colon = text.lastIndex(of: ":") else {
      return Advice(.wrongType, "`\(text)` has no port", help: help)
    }
    let port = text[text.index(after: colon)...]
    if !port.isEmpty, port.allSatisfy(\.isASCIIDigit) {
      if UInt16(port) ?? 0 == 0 { return Advice(.outOfRange, "`\(port)` is not a port from 1 to 65535") }
    }
    return Advice(.wrongType, "`\(text)` is not a host and a port", help: help)
  }
}

/// What to say of a text that is not a URL of plain HTTP.
private enum HTTPAddressText {
  static func advice(_ text: String) -> Advice {
    if text.lowercased().hasPrefix("https://") {
      return Advice(
        .wrongType, "`\(text)` needs TLS, which this probe does not speak",
        help: "ask it from a `handler`, or from a command: `exec: [curl, --fail, \"\(text)\"]`")
    }
    return Advice(
      .wrongType, "`\(text)` is not a URL of plain HTTP", help: "write one such as `http://127.0.0.1:8080/healthz`")
  }
}
