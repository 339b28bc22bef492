internal import Synchronization

/// One file's name and bytes, and the way from a byte offset to a line and a column.
///
/// The bytes are kept as they were read; nothing about them has to be valid. A byte order mark at the start belongs to
/// no line and to no column.
public final class SourceText: Sendable {
  /// The name under which findings show the file.
  public let path: String

  /// The file's bytes.
  public let bytes: [UInt8]

  /// Made when the first position is asked for: a file without findings needs no line table.
  private let table = Mutex<LineTable?>(nil)

  /// Wraps `bytes` under the name `path`. O(1).
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// The line and column of the byte at `offset`.
  ///
  /// Any offset is legal: one before the file stands for its start, one behind it for its end. O(log lines + column).
  public func position(of offset: Int) -> SourcePosition {
    let offset = min(max(offset, contentStart), bytes.count)
    let table = lines
    let line = table.line(at: offset)
    let start = table.start(ofLine: line) ?? contentStart
    return SourcePosition(line: line, column: scalarCount(min(start, offset)..<offset) + 1)
  }

  /// How many lines the file has; the text behind the last line end counts as one even when it is empty.
  public var lineCount: Int { lines.count }

  /// The text of line `number`, from 1, without its line end.
  ///
  /// Bytes that are no UTF-8 show as U+FFFD. A number outside the file gives an empty text.
  public func line(_ number: Int) -> String {
    text(lineSpan(number))
  }

  /// The text of `span`, cut to the file; bytes that are no UTF-8 show as U+FFFD.
  public func text(_ span: ByteSpan) -> String {
    let span = span.clamped(to: bytes.count)
    return String(decoding: bytes[span.start..<span.end], as: UTF8.self)
  }
}

extension SourceText {
  /// The bytes of line `number`, from 1, without its line end; an empty span for a number outside the file.
  package func lineSpan(_ number: Int) -> ByteSpan {
    let table = lines
    guard let start = table.start(ofLine: number) else { return ByteSpan(bytes.count, bytes.count) }
    var end = table.start(ofLine: number + 1) ?? bytes.count
    while end > start, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return ByteSpan(start, end)
  }

  /// The number, from 1, of the line that holds the byte at `offset`.
  package func lineNumber(at offset: Int) -> Int {
    lines.line(at: min(max(offset, contentStart), bytes.count))
  }

  /// Where the text begins: behind a UTF-8 byte order mark.
  package var contentStart: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  private var lines: LineTable {
    table.withLock { known in
      if let known { return known }
      let made = LineTable(bytes, from: contentStart)
      known = made
      return made
    }
  }

  private func scalarCount(_ range: Range<Int>) -> Int {
    if bytes[range].allSatisfy({ $0 < 0x80 }) { return range.count }
    return String(decoding: bytes[range], as: UTF8.self).unicodeScalars.count
  }
}
