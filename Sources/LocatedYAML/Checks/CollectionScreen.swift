/// Tells most collections, in which nothing can be wrong, from the few that ``MappingCheck`` has to look at.
///
/// Asked when a collection ends, while its nodes are still in the processor's cache. Works on spans, because arrays would
/// be retained and released for each collection.
enum CollectionScreen {
  /// Whether anything in a list could be wrong. O(items).
  static func suspects(
    items: borrowing Span<UInt32>, _ records: borrowing Span<NodeRecord>, in bytes: ParsedBytes
  ) -> Bool {
    for position in items.indices where mayBeNull(records[Int(items[position])], bytes) { return true }
    return false
  }

  /// Whether anything in a map could be wrong: keys and values alternate in `entries`. O(entries).
  static func suspects(
    entries: borrowing Span<UInt32>, _ records: borrowing Span<NodeRecord>, cooked: borrowing Span<UInt8>,
    isBlock: Bool, in bytes: ParsedBytes
  ) -> Bool {
    let count = entries.count / 2
    guard count <= RepeatedKeys.mostCompared else { return true }
    var marks = InlineArray<12, UInt64>(repeating: 0)
    for number in 0..<count {
      let key = records[Int(entries[2 * number])]
      guard key.kind == .scalar, !isSuspectKey(key, bytes) else { return true }
      let mark = key.isCooked ? key.mark { cooked[$0] } : key.mark { bytes[$0] ?? 0 }
      for earlier in 0..<number where marks[earlier] == mark { return true }
      marks[number] = mark
      if isSuspectValue(records[Int(entries[2 * number + 1])], isBlock: isBlock, bytes) { return true }
    }
    return false
  }

  /// Nothing, `<<`, or what may be read as true or false.
  @inline(__always)
  private static func isSuspectKey(_ key: NodeRecord, _ bytes: ParsedBytes) -> Bool {
    guard key.style == .plain, key.count <= 5 else { return false }
    guard key.count > 0, let letter = bytes[Int(key.start)] else { return true }
    return letter == UInt8(ascii: "<") || BooleanWord.mayBegin(with: letter, count: Int(key.count))
  }

  /// Nothing, or the end of a flow collection whose beginning is part of its key.
  @inline(__always)
  private static func isSuspectValue(_ value: NodeRecord, isBlock: Bool, _ bytes: ParsedBytes) -> Bool {
    guard value.kind == .scalar, value.style == .plain else { return false }
    guard !mayBeNull(value, bytes) else { return true }
    guard isBlock, let last = bytes[Int(value.end) - 1] else { return false }
    return last == UInt8(ascii: "}") || last == UInt8(ascii: "]")
  }

  @inline(__always)
  private static func mayBeNull(_ record: NodeRecord, _ bytes: ParsedBytes) -> Bool {
    guard record.kind == .scalar, record.style == .plain, record.count <= 4 else { return false }
    guard record.count > 0, let letter = bytes[Int(record.start)] else { return true }
    return letter == UInt8(ascii: "~") || letter | 0x20 == UInt8(ascii: "n")
  }
}
