/// What a line looks like to a reader: dashes, a key, a value, a comment.
///
/// This is no parser. It looks at one line without knowing what came before, which is all one can do about a line the
/// parser stumbled over.
struct LineShape {
  /// Behind the indentation and any dashes of list entries.
  private(set) var contentStart: Int
  /// The end of the line without its comment and the blanks before it.
  private(set) var contentEnd: Int
  /// The first `:` that a blank or the line's end follows.
  private(set) var colon: Int?

  private let bytes: [UInt8]

  init(_ text: WorkingText, line number: Int) {
    bytes = text.bytes
    let line = text.line(number)
    contentStart = line.firstIndex { !$0.isBlank } ?? line.endIndex
    while contentStart + 1 < line.endIndex, bytes[contentStart] == UInt8(ascii: "-"), bytes[contentStart + 1].isBlank {
      contentStart += 1
      while contentStart < line.endIndex, bytes[contentStart].isBlank { contentStart += 1 }
    }
    contentEnd = line.endIndex
    findColonAndComment(line.endIndex)
    while contentEnd > contentStart, bytes[contentEnd - 1].isBlank { contentEnd -= 1 }
  }

  private mutating func findColonAndComment(_ lineEnd: Int) {
    var quote: UInt8?
    var offset = contentStart
    while offset < lineEnd {
      let byte = bytes[offset]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        if offset == contentStart || !bytes[offset - 1].isWordCharacter { quote = byte }
      } else if byte == UInt8(ascii: "#"), offset == contentStart || bytes[offset - 1].isBlank {
        contentEnd = offset
        return
      } else if byte == UInt8(ascii: ":"), colon == nil, offset + 1 >= lineEnd || bytes[offset + 1].isBlank {
        colon = offset
      }
      offset += 1
    }
  }

  /// The key before the colon.
  var key: ByteSpan? {
    guard let colon else { return nil }
    var end = colon
    while end > contentStart, bytes[end - 1].isBlank { end -= 1 }
    return end > contentStart ? ByteSpan(contentStart, end) : nil
  }

  /// The value behind the colon; empty when the line ends there.
  var value: ByteSpan? {
    guard let colon else { return nil }
    var start = colon + 1
    while start < contentEnd, bytes[start].isBlank { start += 1 }
    return ByteSpan(min(start, contentEnd), contentEnd)
  }

  /// The whole text of the line without dashes and comment.
  var content: ByteSpan { ByteSpan(contentStart, contentEnd) }

  /// Whether the line looks like an entry of a map by itself.
  var isEntry: Bool {
    guard let key else { return false }
    return bytes[key.start].isWordCharacter || bytes[key.start] == UInt8(ascii: "\"")
      || bytes[key.start] == UInt8(ascii: "'")
  }

  /// The `:` of `word:value`, where a blank is missing behind it. Neither `a: b` nor `http://host` has one.
  var colonWithoutBlank: Int? {
    guard colon == nil, contentStart < contentEnd, bytes[contentStart].isWordCharacter else { return nil }
    guard let found = bytes[contentStart..<contentEnd].firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let isWord = bytes[contentStart..<found].allSatisfy { $0.isWordCharacter || $0 == UInt8(ascii: ".") }
    guard isWord, found + 1 < contentEnd, bytes[found + 1] != UInt8(ascii: "/") else { return nil }
    return found
  }
}

extension UInt8 {
  /// An ASCII letter or digit, `_`, `-`, or any byte of another script.
  var isWordCharacter: Bool { isAnchorCharacter || self >= 0x80 }
}
