/// A file's events in the notation of the YAML test suite, one a line, every document included.
package struct EventStreamText {
  /// The lines up to the end of the stream or the first error.
  package private(set) var lines: [String] = []
  /// The parser's words for the error that ended the stream.
  package private(set) var failure: String?

  /// Reads `bytes`, which have to be UTF-8, without any limit.
  package init(_ bytes: [UInt8]) {
    failure = EventReader.withEvents(of: bytes, isASCII: bytes.allSatisfy { $0 < 0x80 }) { read(&$0) }
  }

  private mutating func read(_ reader: inout EventReader) -> String? {
    while true {
      let event: Event
      do { event = try reader.next() } catch { return error.problem }
      lines.append(Self.line(event, &reader))
      if event.kind == .streamEnd { return nil }
    }
  }

  private static func line(_ event: Event, _ reader: inout EventReader) -> String {
    switch event.kind {
    case .streamStart: "+STR"
    case .streamEnd: "-STR"
    case .documentStart: event.isImplicit ? "+DOC" : "+DOC ---"
    case .documentEnd: event.isImplicit ? "-DOC" : "-DOC ..."
    case .alias: "=ALI *\(reader.anchor ?? "")"
    case .scalar: "=VAL\(properties(&reader)) \(value(event, &reader))"
    case .sequenceStart: "+SEQ\(event.style == .flow ? " []" : "")\(properties(&reader))"
    case .sequenceEnd: "-SEQ"
    case .mappingStart: "+MAP\(event.style == .flow ? " {}" : "")\(properties(&reader))"
    case .mappingEnd: "-MAP"
    }
  }

  private static func properties(_ reader: inout EventReader) -> String {
    (reader.anchor.map { " &\($0)" } ?? "") + (reader.tag.map { " <\($0)>" } ?? "")
  }

  private static func value(_ event: Event, _ reader: inout EventReader) -> String {
    let mark =
      switch event.style {
      case .singleQuoted: "'"
      case .doubleQuoted: "\""
      case .literal: "|"
      case .folded: ">"
      case .plain, .block, .flow: ":"
      }
    var text: [UInt8] = []
    reader.appendValue(to: &text)
    return mark + String(decoding: text, as: UTF8.self).unicodeScalars.map(escaped).joined()
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\\": #"\\"#
    case "\n": #"\n"#
    case "\r": #"\r"#
    case "\t": #"\t"#
    case "\u{8}": #"\b"#
    case "\0": #"\0"#
    default: String(scalar)
    }
  }
}
