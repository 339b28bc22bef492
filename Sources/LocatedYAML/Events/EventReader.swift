internal import CLibYAML

/// libyaml's event stream over one buffer. The only type that touches the C library's memory.
///
/// The buffer has to hold valid UTF-8 without characters YAML forbids; `CharacterScan` sees to that. A byte order mark
/// at the start is skipped here, because libyaml counts it as a character when it is told the encoding.
@safe struct EventReader: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  let event: UnsafeMutablePointer<yaml_event_t>
  let bytes: ParsedBytes
  private var marks: MarkConverter
  private var strictness = StrictSyntax()
  /// How many events were read: the work done, for limits and their tests.
  private(set) var eventCount = 0

  /// Runs `body` with a reader over `bytes`, which stay where they are until `body` ends.
  static func withEvents<Result>(
    of bytes: [UInt8], isASCII: Bool, _ body: (inout EventReader) -> Result
  ) -> Result {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      var reader = unsafe EventReader(buffer, isASCII: isASCII)
      return body(&reader)
    }
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool) {
    self.bytes = unsafe ParsedBytes(bytes)
    let start = unsafe bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    marks = MarkConverter(isASCII: isASCII, base: start)
    unsafe parser = .allocate(capacity: 1)
    unsafe event = .allocate(capacity: 1)
    unsafe event.initialize(to: yaml_event_t())
    unsafe parser.initialize(to: yaml_parser_t())
    guard unsafe yaml_parser_initialize(parser) == 1 else { return }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    // An empty buffer may have no address at all, and the parser insists on one.
    if let address = bytes.baseAddress {
      unsafe yaml_parser_set_input_string(parser, address + start, bytes.count - start)
    } else {
      unsafe yaml_parser_set_input_string(parser, Self.noInput.utf8Start, 0)
    }
  }

  deinit {
    unsafe yaml_event_delete(event)
    unsafe yaml_parser_delete(parser)
    unsafe event.deallocate()
    unsafe parser.deallocate()
  }

  /// The next event. The text of the one before it is gone.
  mutating func next() throws(SyntaxFailure) -> Event {
    let event = try parse()
    try strictness.check(event, bytes)
    return event
  }

  private mutating func parse() throws(SyntaxFailure) -> Event {
    unsafe yaml_event_delete(event)
    guard unsafe yaml_parser_parse(parser, event) == 1 else { throw failure() }
    eventCount += 1
    let type = unsafe event.pointee.type.rawValue
    switch Event.Kind(rawValue: UInt8(truncatingIfNeeded: type)) {
    case .scalar: return scalar()
    case .alias: return located(.alias)
    case .mappingStart: return mappingStart()
    case .sequenceStart: return sequenceStart()
    case .documentStart: return documentStart()
    case .documentEnd: return documentEnd()
    case .mappingEnd: return located(.mappingEnd)
    case .sequenceEnd: return located(.sequenceEnd)
    case .streamStart: return located(.streamStart)
    case .streamEnd: return located(.streamEnd)
    // After an error or the end of the stream libyaml succeeds with an event of no kind.
    case .some(.none), nil: return located(.streamEnd)
    }
  }

  private static let noInput: StaticString = ""
}

extension EventReader {
  private mutating func scalar() -> Event {
    var result = located(.scalar)
    result.hasProperties = unsafe event.pointee.data.scalar.anchor != nil || event.pointee.data.scalar.tag != nil
    result.isOnOneLine = unsafe event.pointee.start_mark.line == event.pointee.end_mark.line
    result.style =
      switch unsafe event.pointee.data.scalar.style {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
      case YAML_LITERAL_SCALAR_STYLE: .literal
      case YAML_FOLDED_SCALAR_STYLE: .folded
      default: .plain
      }
    return result
  }

  private mutating func mappingStart() -> Event {
    var result = located(.mappingStart)
    result.hasProperties =
      unsafe event.pointee.data.mapping_start.anchor != nil || event.pointee.data.mapping_start.tag != nil
    result.style = unsafe event.pointee.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE ? .flow : .block
    return result
  }

  private mutating func sequenceStart() -> Event {
    var result = located(.sequenceStart)
    result.hasProperties =
      unsafe event.pointee.data.sequence_start.anchor != nil || event.pointee.data.sequence_start.tag != nil
    result.style = unsafe event.pointee.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE ? .flow : .block
    return result
  }

  private mutating func documentStart() -> Event {
    var result = located(.documentStart)
    result.isImplicit = unsafe event.pointee.data.document_start.implicit != 0
    let tags = unsafe event.pointee.data.document_start.tag_directives
    result.hasDirectives =
      unsafe event.pointee.data.document_start.version_directive != nil || tags.start != tags.end
    return result
  }

  private mutating func documentEnd() -> Event {
    var result = located(.documentEnd)
    result.isImplicit = unsafe event.pointee.data.document_end.implicit != 0
    return result
  }

  private mutating func located(_ kind: Event.Kind) -> Event {
    let start = unsafe offset(of: event.pointee.start_mark)
    let end = unsafe offset(of: event.pointee.end_mark)
    return Event(kind: kind, start: start, end: max(start, end))
  }

  private mutating func offset(of mark: yaml_mark_t) -> Int {
    marks.offset(of: Int(truncatingIfNeeded: mark.index), in: bytes)
  }

  private mutating func failure() -> SyntaxFailure {
    let kind = unsafe parser.pointee.error
    let problem = unsafe text(parser.pointee.problem) ?? "out of memory"
    guard kind == YAML_SCANNER_ERROR || kind == YAML_PARSER_ERROR else {
      let offset = unsafe min(Int(truncatingIfNeeded: parser.pointee.problem_offset), bytes.count)
      return SyntaxFailure(problem: problem, offset: offset, context: nil, contextOffset: offset)
    }
    let offset = unsafe offset(of: parser.pointee.problem_mark)
    guard let context = unsafe text(parser.pointee.context) else {
      return SyntaxFailure(problem: problem, offset: offset, context: nil, contextOffset: offset)
    }
    let contextOffset = unsafe self.offset(of: parser.pointee.context_mark)
    return SyntaxFailure(problem: problem, offset: offset, context: context, contextOffset: contextOffset)
  }

  private func text(_ address: UnsafePointer<CChar>?) -> String? {
    guard let address = unsafe address else { return nil }
    return unsafe String(cString: address)
  }
}
