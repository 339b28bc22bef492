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
  /// Whether the current event holds memory of the library's.
  private var ownsText = false
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
    if ownsText { unsafe yaml_event_delete(event) }
    // The parser clears the event before it fills it, so one that owned nothing needs no deleting.
    ownsText = true
    guard unsafe yaml_parser_parse(parser, event) == 1 else { throw failure() }
    eventCount += 1
    switch unsafe event.pointee.type {
    case YAML_SCALAR_EVENT: return scalar()
    case YAML_MAPPING_START_EVENT: return mappingStart()
    case YAML_MAPPING_END_EVENT: return end(.mappingEnd)
    case YAML_SEQUENCE_START_EVENT: return sequenceStart()
    case YAML_SEQUENCE_END_EVENT: return end(.sequenceEnd)
    case YAML_ALIAS_EVENT: return located(.alias)
    case YAML_DOCUMENT_START_EVENT: return documentStart()
    case YAML_DOCUMENT_END_EVENT: return documentEnd()
    case YAML_STREAM_START_EVENT: return located(.streamStart)
    // After an error or the end of the stream libyaml succeeds with an event of no kind.
    default: return located(.streamEnd)
    }
  }

  private static let noInput: StaticString = ""
}

extension EventReader {
  private mutating func scalar() -> Event {
    let anchor = unsafe event.pointee.data.scalar.anchor
    let tag = unsafe event.pointee.data.scalar.tag
    let isOnOneLine = unsafe event.pointee.start_mark.line == event.pointee.end_mark.line
    return unsafe located(
      .scalar, style: scalarStyle, hasProperties: anchor != nil || tag != nil, isOnOneLine: isOnOneLine)
  }

  private var scalarStyle: Node.Style {
    switch unsafe event.pointee.data.scalar.style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private mutating func mappingStart() -> Event {
    let anchor = unsafe event.pointee.data.mapping_start.anchor
    let tag = unsafe event.pointee.data.mapping_start.tag
    let isFlow = unsafe event.pointee.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
    ownsText = unsafe anchor != nil || tag != nil
    return located(
      .mappingStart, style: isFlow ? .flow : .block, hasProperties: ownsText)
  }

  private mutating func sequenceStart() -> Event {
    let anchor = unsafe event.pointee.data.sequence_start.anchor
    let tag = unsafe event.pointee.data.sequence_start.tag
    let isFlow = unsafe event.pointee.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
    ownsText = unsafe anchor != nil || tag != nil
    return located(
      .sequenceStart, style: isFlow ? .flow : .block, hasProperties: ownsText)
  }

  private mutating func end(_ kind: Event.Kind) -> Event {
    ownsText = false
    return located(kind)
  }

  private mutating func documentStart() -> Event {
    let version = unsafe event.pointee.data.document_start.version_directive
    let tags = unsafe event.pointee.data.document_start.tag_directives
    let isImplicit = unsafe event.pointee.data.document_start.implicit != 0
    return unsafe located(
      .documentStart, isImplicit: isImplicit, hasDirectives: version != nil || tags.start != tags.end)
  }

  private mutating func documentEnd() -> Event {
    let isImplicit = unsafe event.pointee.data.document_end.implicit != 0
    return located(.documentEnd, isImplicit: isImplicit)
  }

  private mutating func located(
    _ kind: Event.Kind, style: Node.Style = .plain, hasProperties: Bool = false, isOnOneLine: Bool = true,
    isImplicit: Bool = false, hasDirectives: Bool = false
  ) -> Event {
    let start = unsafe offset(of: event.pointee.start_mark)
    let end = unsafe offset(of: event.pointee.end_mark)
    return Event(
      kind: kind, style: style, start: start, end: max(start, end), hasProperties: hasProperties,
      isOnOneLine: isOnOneLine, isImplicit: isImplicit, hasDirectives: hasDirectives)
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
