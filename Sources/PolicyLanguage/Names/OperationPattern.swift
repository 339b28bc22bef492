/// The name of an entry under `operations`: the name of one operation, or a pattern of names.
///
/// A name is compared segment by segment, segments being what stands between dots: `*` is one segment, `**`, last, any
/// number, none included. From the left a literal beats `*` beats `**`, so two patterns that fit a name never tie.
package struct OperationPattern: Hashable, Sendable {
  /// What stands between two dots.
  package enum Segment: Hashable, Sendable, Comparable {
    /// The more specific is the greater.
    case rest
    case any
    case literal(String)

    private var rank: Int {
      switch self {
      case .rest: 0
      case .any: 1
      case .literal: 2
      }
    }

    package static func < (left: Segment, right: Segment) -> Bool { left.rank < right.rank }
  }

  package let segments: [Segment]

  /// `nil` for a malformed pattern: an empty segment, a wildcard inside one, or `**` before the end.
  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    var segments: [Segment] = []
    for (index, part) in parts.enumerated() {
      switch part {
      case "": return nil
      case "*": segments.append(.any)
      case "**":
        guard index == parts.count - 1 else { return nil }
        segments.append(.rest)
      default:
        guard !part.contains("*") else { return nil }
        segments.append(.literal(String(part)))
      }
    }
    self.segments = segments
  }

  /// Whether a text is the name of one operation: segments, none of them empty, and no wildcard. O(bytes).
  package static func isName(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var before = UInt8(ascii: ".")
      for index in bytes.indices {
        let byte = unsafe bytes[index]
        if byte == UInt8(ascii: "*") || byte == UInt8(ascii: ".") && before == byte { return false }
        before = byte
      }
      return before != UInt8(ascii: ".")
    }
  }

  /// Whether it stands for one name only.
  package var isExact: Bool { segments.allSatisfy { $0 > .any } }
  /// Whether it ends in `**`.
  package var isOpen: Bool { segments.last == .rest }

  /// Whether `name` fits. O(segments).
  package func matches(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let fixed = isOpen ? segments.count - 1 : segments.count
    guard isOpen ? parts.count >= fixed : parts.count == fixed else { return false }
    return zip(segments, parts).allSatisfy { segment, part in
      if case .literal(let text) = segment { text == part } else { true }
    }
  }

  /// Whether it wins over `other` for a name that fits both.
  package func isMoreSpecific(than other: OperationPattern) -> Bool {
    for (own, others) in zip(segments, other.segments) where own < others || others < own { return others < own }
    return segments.count > other.segments.count || isOpen == false && other.isOpen
  }
}
