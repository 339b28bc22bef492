/// What a call under a policy gives: a command that ran, or text to print in its place.
enum Answer: Hashable, Sendable {
  /// The command's own output went where it belongs while it ran.
  case passedThrough
  case text(String)
}

/// A static value of a fallback.
extension Answer: Decodable {
  init(from decoder: any Decoder) throws { self = .text(try PrintedValue(from: decoder).text) }
}
