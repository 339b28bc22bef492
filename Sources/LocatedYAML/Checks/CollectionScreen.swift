/// Tells most collections, in which nothing can be wrong, from the few that ``MappingCheck`` has to look at.
///
/// Asked when a collection ends, while its nodes are still in the processor's cache. Works on spans, because arrays would
/// be retained and released for each collection.
enum CollectionScreen {
  /// Whether anything in a collection could be wrong. O(children).
  static func suspects(
    _ node: UInt32, in nodes: borrowing NodeStore, cooked: borrowing Span<UInt8>, _ bytes: ParsedBytes
  ) -> Bool {
    let places = nodes.places.span
    let forms = nodes.forms.span
    let extras = nodes.extras.span
    let children = nodes.children.span
    let collection = NodeStore.record(node, places, forms, extras)
    guard collection.kind == .mapping else {
      for position in 0..<collection.count {
        let item = NodeStore.child(of: collection, at: position, children)
        if mayBeNull(NodeStore.record(item, places, forms, extras), bytes) { return true }
      }
      return false
    }
    let count = Int(collection.count / 2)
    guard count <= RepeatedKeys.mostCompared else { return true }
    var marks = InlineArray<12, UInt64>(repeating: 0)
    for number in 0..<count {
      let position = UInt32(truncatingIfNeeded: 2 * number)
      let key = NodeStore.record(NodeStore.child(of: collection, at: position, children), places, forms, extras)
      guard key.kind == .scalar, !isSuspectKey(key, bytes) else { return true }
      let mark = key.isCooked ? key.mark { cooked[$0] } : key.mark { bytes[$0] ?? 0 }
      for earlier in 0..<number where marks[earlier] == mark { return true }
      marks[number] = mark
      let value = NodeStore.record(NodeStore.child(of: collection, at: position + 1, children), places, forms, extras)
      if isSuspectValue(value, isBlock: collection.style == .block, bytes) { return true }
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
