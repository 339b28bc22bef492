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
  /// Where the last event ends.
  private(set) var reached = 0
  /// One table for each document read to its end.
  private(set) var finishedAnchors: [AnchorTable] = []
  /// The collections around the innermost one, the document first.
  private var outer: ContiguousArray<OpenCollection> = []
  private var innermost = OpenCollection.document
  private var anchors = AnchorTable()
  private var expandedNodes = 0

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
      reached = event.end
      var withinLimits = true
      switch event.kind {
      case .scalar: withinLimits = addScalar(event, &reader)
      case .mappingStart, .sequenceStart: withinLimits = open(event, &reader)
      case .mappingEnd, .sequenceEnd: close(event, in: reader.bytes)
      case .alias: withinLimits = addAlias(event, &reader)
      case .documentStart: documents.append(DocumentMark(event, root: arena.next))
      case .documentEnd: endDocument()
      case .streamEnd: return .wholeFile
      case .streamStart: continue
      }
      guard withinLimits else { return .limit }
    }
  }

  /// The last scalar read: where a quotation went wrong.
  var lastScalar: NodeRecord? {
    (0..<arena.next).last { arena.nodes.forms[Int($0)].kind == .scalar }.map { arena.nodes[$0] }
  }

  /// Where the flow collections begin that are still open, outermost first.
  var openFlows: [Int] {
    (outer + [innermost]).filter(\.isFlow).map { Int($0.start) }
  }
}

extension TreeBuilder {
  private mutating func addScalar(_ event: Event, _ reader: inout EventReader) -> Bool {
    let isKey = innermost.isMapping && innermost.children.isMultiple(of: 2)
    let start = event.hasProperties ? addProperties(event, &reader, isOpen: false).valueStart : event.start
    let record = arena.scalar(event, from: start, &reader, behind: innermost)
    if Int(record.count) > (isKey ? limits.key : limits.scalar) { reportLength(of: record, isKey: isKey) }
    place(record)
    return count(1, at: record)
  }

  private mutating func addAlias(_ event: Event, _ reader: inout EventReader) -> Bool {
    let anchor = anchors.resolve(reader.anchor ?? "", at: ByteSpan(event.start, event.end))
    let record = NodeRecord(
      start: event.start, end: event.end, first: anchor?.node ?? NodeRecord.noTarget, kind: .alias, style: .plain)
    place(record)
    arena.noteAlias()
    guard let anchor else { return count(1, at: record) }
    innermost.deepen(by: anchor.size.depth)
    return count(anchor.size.nodes, at: record)
      && checkDepth(outer.count.addingSaturated(anchor.size.depth), at: record)
  }

  private mutating func open(_ event: Event, _ reader: inout EventReader) -> Bool {
    var start = event.start
    var anchor = OpenCollection.noAnchor
    if event.hasProperties { (start, anchor) = addProperties(event, &reader, isOpen: true) }
    let isMapping = event.kind == .mappingStart
    let record = NodeRecord(
      start: start, end: event.end, kind: isMapping ? .mapping : .sequence, style: event.style,
      traits: event.hasProperties ? .hasProperties : [])
    let node = arena.next
    arena.append(record)
    outer.append(innermost)
    innermost = OpenCollection(
      node: node, start: record.start, lastEnd: record.start, nodesBefore: expandedNodes, anchor: anchor,
      isMapping: isMapping, isFlow: event.style == .flow)
    return count(1, at: record) && checkDepth(outer.count, at: record)
  }

  private mutating func close(_ event: Event, in bytes: ParsedBytes) {
    guard let parent = outer.last else { return }
    outer.removeLast()
    let end = innermost.isFlow ? UInt32(clamping: event.end) : innermost.lastEnd
    arena.close(innermost.node, at: end, childCount: innermost.children, in: bytes)
    if innermost.anchor != OpenCollection.noAnchor { closeAnchor() }
    let depth = innermost.depth
    innermost = parent
    innermost.children &+= 1
    innermost.extend(to: end)
    innermost.deepen(by: Int(depth))
  }

  private mutating func closeAnchor() {
    let size = NodeSize(nodes: expandedNodes - innermost.nodesBefore, depth: Int(innermost.depth))
    anchors.close(Int(innermost.anchor), size: size)
  }

  /// Puts a scalar or an alias into the arena, the next child of the innermost collection.
  private mutating func place(_ record: NodeRecord) {
    innermost.children &+= 1
    innermost.extend(to: record.end)
    arena.append(record)
  }

  private mutating func endDocument() {
    finishedAnchors.append(anchors)
    anchors = AnchorTable()
    innermost = .document
  }

  /// Takes down a node's anchor and tag. Returns where its value begins and the number of its anchor.
  private mutating func addProperties(
    _ event: Event, _ reader: inout EventReader, isOpen: Bool
  ) -> (valueStart: Int, anchor: Int32) {
    // A collection's event ends before its contents, so only a scalar bounds the search.
    let scan = PropertyScan(bytes, from: event.start, to: isOpen ? bytes.count : event.end)
    let properties = NodeProperties(
      node: arena.next, anchor: reader.anchor, anchorSpan: scan.anchorSpan, tag: reader.tag, tagSpan: scan.tagSpan)
    arena.append(properties)
    guard let name = properties.anchor, let span = properties.anchorSpan else {
      return (scan.valueStart, OpenCollection.noAnchor)
    }
    let number = anchors.define(name, at: span, node: properties.node, isOpen: isOpen)
    return (scan.valueStart, Int32(clamping: number))
  }
}

extension TreeBuilder {
  private mutating func reportLength(of record: NodeRecord, isKey: Bool) {
    let limit = isKey ? limits.key : limits.scalar
    problems.append(.limit("a \(isKey ? "key" : "value") is longer than \(limit) bytes", at: record.span))
  }

  /// Counts `nodes` more nodes. Whether the document may have that many.
  @inline(__always)
  private mutating func count(_ nodes: Int, at record: NodeRecord) -> Bool {
    expandedNodes = expandedNodes.addingSaturated(nodes)
    return expandedNodes <= limits.nodes || reportNodes(at: record)
  }

  private mutating func reportNodes(at record: NodeRecord) -> Bool {
    problems.append(
      .limit("the document has more than \(limits.nodes) nodes, aliases counted in full", at: record.span))
    return false
  }

  @inline(__always)
  private mutating func checkDepth(_ depth: Int, at record: NodeRecord) -> Bool {
    depth <= limits.depth || reportDepth(at: record)
  }

  private mutating func reportDepth(at record: NodeRecord) -> Bool {
    let start = Int(record.start)
    problems.append(
      .limit("collections stand more than \(limits.depth) deep in one another", at: ByteSpan(start, start + 1)))
    return false
  }
}
