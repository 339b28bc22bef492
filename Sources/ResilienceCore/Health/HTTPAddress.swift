/// Where a plain HTTP request goes: `http://127.0.0.1:8080/healthz`.
public struct HTTPAddress: Hashable, Sendable, CustomStringConvertible {
  public let endpoint: NetworkEndpoint
  /// Path and query, as they are sent.
  public let path: String

  /// Reads `http://host[:port][/path][?query]`; `nil` for anything else, also for `https`.
  public init?(_ text: String) {
    let scheme = "http://"
    guard text.lowercased().hasPrefix(scheme) else { return nil }
    let rest = text.dropFirst(scheme.count).prefix { $0 != "#" }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let tail = rest.dropFirst(authority.count)
    guard tail.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    let hasPort = authority.last == "]" ? false : authority.contains(":")
    guard let endpoint = NetworkEndpoint(hasPort ? String(authority) : "\(authority):80") else { return nil }
    self.endpoint = endpoint
    path = tail.hasPrefix("/") ? String(tail) : "/\(tail)"
  }

  /// The `Host` of a request: the port stands there when it is not 80.
  package var host: String { endpoint.port == 80 ? endpoint.bracketedHost : endpoint.description }

  public var description: String { "http://\(host)\(path)" }
}
