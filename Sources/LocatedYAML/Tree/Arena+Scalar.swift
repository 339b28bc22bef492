extension Arena {
  /// The record of the reader's current scalar, whose value begins at `start`.
  ///
  /// Most texts stand in the file as they are and are kept as a range of it; the others go to the side buffer.
  mutating func scalar(
    _ event: Event, from start: Int, _ reader: inout EventReader, behind parent: OpenCollection
  ) -> NodeRecord {
    let count = reader.valueCount
    switch event.style {
    case .plain:
      if count == 0 { return emptyScalar(event, in: reader.bytes, behind: parent) }
      if event.isOnOneLine, event.end - start == count { return written(event, from: start, first: start, count) }
    case .singleQuoted, .doubleQuoted:
      if event.end - start == count + 2, reader.valueIsWritten(at: start + 1) {
        return written(event, from: start, first: start + 1, count)
      }
    case .literal, .folded, .block, .flow:
      break
    }
    var traits: NodeRecord.Traits = .isCooked
    if event.hasProperties { traits.insert(.hasProperties) }
    return NodeRecord(
      start: start, end: scalarEnd(event, from: start, in: reader.bytes), first: cook(&reader),
      count: UInt32(clamping: count),
      kind: .scalar, style: event.style, traits: traits)
  }

  private func written(_ event: Event, from start: Int, first: Int, _ count: Int) -> NodeRecord {
    NodeRecord(
      start: start, end: event.end, first: UInt32(clamping: first), count: UInt32(clamping: count), kind: .scalar,
      style: event.style, traits: event.hasProperties ? .hasProperties : [])
  }

  /// An empty value has no place of its own. The parser puts it behind the `:` or `-` before it or, where none is
  /// written, at the next token, which may be lines away: then it goes to the end of what came before.
  private func emptyScalar(_ event: Event, in bytes: ParsedBytes, behind parent: OpenCollection) -> NodeRecord {
    var place = event.end
    let before = bytes[place - 1] ?? 0
    let isBehindIndicator = before == UInt8(ascii: ":") || before == UInt8(ascii: "-") || before == UInt8(ascii: "?")
    if !isBehindIndicator, !event.hasProperties, !parent.isFlow { place = Int(parent.lastEnd) }
    return NodeRecord(
      start: place, end: place, first: 0, count: 0, kind: .scalar, style: .plain,
      traits: event.hasProperties ? .hasProperties : [])
  }

  /// The parser ends a block scalar where the next line begins; the other styles end where they end.
  private func scalarEnd(_ event: Event, from start: Int, in bytes: ParsedBytes) -> Int {
    guard event.style == .literal || event.style == .folded else { return event.end }
    var end = min(event.end, bytes.count)
    while end > start + 1, let last = bytes[end - 1], last.isBlankOrLineEnd { end -= 1 }
    return end
  }
}
