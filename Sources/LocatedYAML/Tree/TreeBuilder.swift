/// Fills a tree's arena from the event stream of a whole file.
///
/// All documents of a file land in one arena, so that a second document is checked like the first; only the first has
/// its root remembered. What a hostile file could make expensive is refused while reading: depth is counted on events,
/// because the parser has no limit of its own, and size with every alias replaced by what it stands for.
struct TreeBuilder {
  let bytes: [UInt8]
  let limits: LoadLimits
  private(set) var arena: Arena
  private(set) var problems: [Problem] = []
  private(set) var documents: [DocumentMark] = []
  private(set) var root: UInt32?
  /// One table for each document read to its end.
  private(set) var finishedAnchors: [AnchorTable] = []
  /// The collections not closed yet, outermost first.
  private(set) var frames: [Frame] = []
  /// The last scalar read: where a quotation went wrong.
  private(set) var lastScalar: NodeRecord?
  /// The children of the open collections, waiting until their parents close.
  private var pending: ContiguousArray<UInt32> = []
  private var anchors = AnchorTable()
  private var expandedNodes = 0

  /// A collection that is being read.
  struct Frame {
    var node: UInt32
    var isMapping: Bool
    var isFlow: Bool
    var start: UInt32
    /// How many nodes waited when it began.
    var firstPending: Int
    /// Where its last descendant so far ends.
    var lastEnd: UInt32
    var size = NodeSize.emptyCollection
    /// Its number in the table of anchors.
    var anchor: Int?
  }

  /// Why reading ended.
  enum End {
    case wholeFile
    case failure(SyntaxFailure)
    case limit
  }

  init(bytes: [UInt8], limits: LoadLimits) {
    self.bytes = bytes
    self.limits = limits
    arena = Arena(expecting: bytes.count)
  }

  /// Reads events until the file, the parser or a limit ends it.
  mutating func build(from reader: inout EventReader) -> End {
    while true {
      let event: Event
      do { event = try reader.next() } catch { return .failure(error) }
      var withinLimits = true
      switch event.kind {
      case .scalar: withinLimits = addScalar(event, reader)
      case .mappingStart, .sequenceStart: withinLimits = open(event, reader)
      case .mappingEnd, .sequenceEnd: close(event)
      case .alias: withinLimits = addAlias(event, reader)
      case .documentStart: documents.append(DocumentMark(event))
      case .documentEnd: endDocument()
      case .streamEnd: return .wholeFile
      case .streamStart, .none: continue
      }
      guard withinLimits else { return .limit }
    }
  }
}

extension TreeBuilder {
  private mutating func addScalar(_ event: Event, _ reader: borrowing EventReader) -> Bool {
    let isKey = isAtKey
    var record = NodeRecord(
      start: UInt32(clamping: event.start), end: UInt32(clamping: event.end), kind: .scalar, style: event.style)
    if event.hasProperties { addProperties(event, reader, to: &record, isOpen: false) }
    locateText(of: &record, event, reader)
    lastScalar = record
    checkLength(of: record, isKey: isKey)
    place(record, end: record.end)
    return count(.scalar, at: record.span)
  }

  private mutating func addAlias(_ event: Event, _ reader: borrowing EventReader) -> Bool {
    var record = NodeRecord(
      start: UInt32(clamping: event.start), end: UInt32(clamping: event.end), first: NodeRecord.noTarget, kind: .alias,
      style: .plain)
    var size = NodeSize.scalar
    if let anchor = anchors.resolve(reader.anchor ?? "", at: record.span) {
      record.first = anchor.node
      size = anchor.size
    }
    place(record, end: record.end)
    return count(size, at: record.span)
  }

  private mutating func open(_ event: Event, _ reader: borrowing EventReader) -> Bool {
    var record = NodeRecord(
      start: UInt32(clamping: event.start), end: UInt32(clamping: event.end),
      kind: event.kind == .mappingStart ? .mapping : .sequence, style: event.style)
    var anchor: Int?
    if event.hasProperties { anchor = addProperties(event, reader, to: &record, isOpen: true) }
    let node = arena.next
    place(record, end: record.start)
    // Its size reaches the collection around it when it closes, so that aliases see it whole.
    guard countNodes(1, at: record.span), checkDepth(frames.count + 1, at: record.span) else { return false }
    frames.append(
      Frame(
        node: node, isMapping: record.kind == .mapping, isFlow: record.style == .flow, start: record.start,
        firstPending: pending.count, lastEnd: record.start, anchor: anchor))
    return true
  }

  private mutating func close(_ event: Event) {
    guard let frame = frames.popLast() else { return }
    let end = frame.isFlow ? UInt32(clamping: event.end) : frame.lastEnd
    arena.close(frame.node, at: end, children: pending[frame.firstPending...])
    pending.removeSubrange(frame.firstPending...)
    if let anchor = frame.anchor { anchors.close(anchor, size: frame.size) }
    guard let parent = frames.indices.last else { return }
    frames[parent].lastEnd = max(frames[parent].lastEnd, end)
    frames[parent].size.add(frame.size)
  }

  /// Puts a node into the arena and among the children of the innermost open collection.
  private mutating func place(_ record: NodeRecord, end: UInt32) {
    let node = arena.next
    arena.append(record)
    guard let parent = frames.indices.last else {
      if root == nil, documents.count == 1 { root = node }
      return
    }
    pending.append(node)
    frames[parent].lastEnd = max(frames[parent].lastEnd, end)
  }

  /// Whether the next node is a key.
  private var isAtKey: Bool {
    guard let frame = frames.last, frame.isMapping else { return false }
    return (pending.count - frame.firstPending).isMultiple(of: 2)
  }
}

extension TreeBuilder {
  /// Finds where a scalar's text stands: in the file as it is, or cooked in the side buffer.
  private mutating func locateText(of record: inout NodeRecord, _ event: Event, _ reader: borrowing EventReader) {
    let count = reader.valueCount
    record.count = UInt32(clamping: count)
    switch record.style {
    case .plain where count == 0:
      placeEmpty(&record)
    case .plain where event.isOnOneLine && Int(record.end) - Int(record.start) == count:
      record.first = record.start
    case .singleQuoted, .doubleQuoted:
      guard Int(record.end) - Int(record.start) == count + 2, reader.valueIsWritten(at: Int(record.start) + 1) else {
        return cook(&record, reader)
      }
      record.first = record.start + 1
    default:
      trimBlockScalar(&record)
      cook(&record, reader)
    }
  }

  private mutating func cook(_ record: inout NodeRecord, _ reader: borrowing EventReader) {
    record.first = arena.cook(reader)
    record.traits.insert(.isCooked)
  }

  /// An empty value has no place of its own. The parser puts it behind the `:` or `-` before it or, where none is
  /// written, at the next token, which may be lines away: then it goes to the end of what came before.
  private func placeEmpty(_ record: inout NodeRecord) {
    record.start = record.end
    let end = Int(record.end)
    let follows = end > 0 && end <= bytes.count ? bytes[end - 1] : 0
    if follows == UInt8(ascii: ":") || follows == UInt8(ascii: "-") || follows == UInt8(ascii: "?") { return }
    if record.traits.contains(.hasProperties) { return }
    guard let frame = frames.last, !frame.isFlow else { return }
    record.start = frame.lastEnd
    record.end = frame.lastEnd
  }

  /// The parser ends a block scalar where the next line begins.
  private func trimBlockScalar(_ record: inout NodeRecord) {
    guard record.style == .literal || record.style == .folded else { return }
    var end = min(Int(record.end), bytes.count)
    while end > Int(record.start) + 1, bytes[end - 1].isBlankOrLineEnd { end -= 1 }
    record.end = UInt32(clamping: end)
  }
}

extension TreeBuilder {
  /// Takes down a node's anchor and tag and moves the record's start behind them. Returns the anchor's number.
  @discardableResult
  private mutating func addProperties(
    _ event: Event, _ reader: borrowing EventReader, to record: inout NodeRecord, isOpen: Bool
  ) -> Int? {
    // A collection's event ends before its contents, so only a scalar bounds the search.
    let scan = PropertyScan(bytes, from: event.start, to: record.kind == .scalar ? event.end : bytes.count)
    record.start = UInt32(clamping: scan.valueStart)
    record.end = max(record.start, record.end)
    record.traits.insert(.hasProperties)
    let properties = NodeProperties(
      node: arena.next, anchor: reader.anchor, anchorSpan: scan.anchorSpan, tag: reader.tag, tagSpan: scan.tagSpan)
    arena.append(properties)
    guard let name = properties.anchor, let span = properties.anchorSpan else { return nil }
    return anchors.define(name, at: span, node: properties.node, isOpen: isOpen)
  }

  private mutating func endDocument() {
    finishedAnchors.append(anchors)
    anchors = AnchorTable()
  }
}

extension TreeBuilder {
  private mutating func checkLength(of record: NodeRecord, isKey: Bool) {
    if isKey, Int(record.count) > limits.key {
      problems.append(.limit("a key is longer than \(limits.key) bytes", at: record.span))
    } else if Int(record.count) > limits.scalar {
      problems.append(.limit("a value is longer than \(limits.scalar) bytes", at: record.span))
    }
  }

  /// Counts a node that is complete: for the document and for the collection around it.
  private mutating func count(_ size: NodeSize, at span: ByteSpan) -> Bool {
    if let parent = frames.indices.last { frames[parent].size.add(size) }
    return countNodes(size.nodes, at: span) && checkDepth(frames.count.addingSaturated(size.depth), at: span)
  }

  private mutating func countNodes(_ nodes: Int, at span: ByteSpan) -> Bool {
    expandedNodes = expandedNodes.addingSaturated(nodes)
    guard expandedNodes > limits.nodes else { return true }
    problems.append(.limit("the document has more than \(limits.nodes) nodes", at: span))
    return false
  }

  private mutating func checkDepth(_ depth: Int, at span: ByteSpan) -> Bool {
    guard depth > limits.depth else { return true }
    problems.append(.limit("collections stand more than \(limits.depth) deep in one another", at: span))
    return false
  }
}
