/// A host and a port: `db.internal:5432`, `127.0.0.1:5432`, `[::1]:5432`.
public struct NetworkEndpoint: Hashable, Sendable, CustomStringConvertible {
  /// A name, or an address without brackets.
  public let host: String
  public let port: UInt16

  public init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// Reads `host:port`; an address of IPv6 stands in brackets. `nil` for anything else, and for port 0.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    var host = text[..<colon]
    let digits = text[text.index(after: colon)...]
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits), port > 0 else {
      return nil
    }
    if host.hasPrefix("["), host.hasSuffix("]"), host.contains(":") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") || host.contains("[") || host.contains("]") {
      return nil
    }
    guard !host.isEmpty, host.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x2F && $0 != 0x40 }) else {
      return nil
    }
    self.init(host: String(host), port: port)
  }

  /// The host as it stands before a colon.
  public var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

  public var description: String { "\(bracketedHost):\(port)" }
}
