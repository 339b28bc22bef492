/// A pattern of paths: `*` and `?` within one part, `[a-z]`, and `**` for any number of parts.
///
/// A name that begins with a point is matched only by a part that begins with one.
public struct FilePattern: Sendable, Hashable {
  enum Part: Sendable, Hashable {
    /// `**`
    case anyDepth
    /// A name without wildcards.
    case literal(String)
    case wildcards([Token], startsWithPoint: Bool)
  }

  enum Token: Sendable, Hashable {
    case scalar(Unicode.Scalar)
    case anyOne
    case anyMany
    case oneOf([ClosedRange<Unicode.Scalar>], negated: Bool)
  }

  let isAbsolute: Bool
  let parts: [Part]

  public init(_ text: String) {
    isAbsolute = text.hasPrefix("/")
    parts = text.split(separator: "/").filter { $0 != "." }.map { Self.part(String($0)) }
  }

  /// Whether `text` has any character that means more than itself in a pattern.
  public static func isPattern(_ text: String) -> Bool { text.contains { "*?[".contains($0) } }

  private static func part(_ text: String) -> Part {
    if text == "**" { return .anyDepth }
    guard isPattern(text) else { return .literal(text) }
    var tokens: [Token] = []
    var rest = Substring(text).unicodeScalars
    while let scalar = rest.popFirst() {
      switch scalar {
      case "*": if tokens.last != .anyMany { tokens.append(.anyMany) }
      case "?": tokens.append(.anyOne)
      case "[": tokens.append(set(&rest) ?? .scalar("["))
      default: tokens.append(.scalar(scalar))
      }
    }
    return .wildcards(tokens, startsWithPoint: text.hasPrefix("."))
  }

  /// Takes a set such as `a-z_]` from the front; `nil`, taking nothing, when it is not closed.
  private static func set(_ rest: inout Substring.UnicodeScalarView) -> Token? {
    var scalars = rest
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    let negated = scalars.first == "!" || scalars.first == "^"
    if negated { scalars.removeFirst() }
    while let first = scalars.popFirst() {
      if first == "]", !ranges.isEmpty {
        rest = scalars
        return .oneOf(ranges, negated: negated)
      }
      let tail = scalars.dropFirst()
      if scalars.first == "-", let last = tail.first, last != "]" {
        scalars = tail.dropFirst()
        ranges.append(min(first, last)...max(first, last))
      } else {
        ranges.append(first...first)
      }
    }
    return nil
  }
}

extension FilePattern.Part {
  /// Whether a name fits this part; `**` is not asked.
  func matches(_ name: String) -> Bool {
    switch self {
    case .anyDepth: true
    case .literal(let text): text == name
    case .wildcards(let tokens, let startsWithPoint):
      (startsWithPoint || !name.hasPrefix(".")) && Self.matches(tokens, Array(name.unicodeScalars))
    }
  }

  /// Goes back to the last `*` when the rest does not fit: O(tokens · characters).
  private static func matches(_ tokens: [FilePattern.Token], _ name: [Unicode.Scalar]) -> Bool {
    var token = 0
    var position = 0
    var retry: (token: Int, position: Int)?
    while position < name.count {
      if token < tokens.count, tokens[token] == .anyMany {
        retry = (token + 1, position)
        token += 1
      } else if token < tokens.count, tokens[token].matches(name[position]) {
        token += 1
        position += 1
      } else if let last = retry {
        retry = (last.token, last.position + 1)
        (token, position) = (last.token, last.position + 1)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { $0 == .anyMany }
  }
}

extension FilePattern.Token {
  fileprivate func matches(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .scalar(let own): own == scalar
    case .anyOne: true
    case .anyMany: false
    case .oneOf(let ranges, let negated): ranges.contains { $0.contains(scalar) } != negated
    }
  }
}
