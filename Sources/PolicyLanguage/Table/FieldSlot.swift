/// Where a field's value stands in a draft.
///
/// A path to a stored property is an offset, which costs nothing to follow; walking a key path costs a hundred nanoseconds, and a
/// large file has a million fields.
struct FieldSlot<Draft, Value>: Sendable {
  private let path: any WritableKeyPath<Draft, Value> & Sendable
  private let offset: Int?

  init(_ path: any WritableKeyPath<Draft, Value> & Sendable) {
    self.path = path
    offset = MemoryLayout<Draft>.offset(of: path)
  }

  func set(_ value: Value, in draft: inout Draft) {
    guard let offset else {
      draft[keyPath: path] = value
      return
    }
    // The offset is that of a stored property of this type, by its own key path.
    unsafe withUnsafeMutablePointer(to: &draft) { draft in
      let place = unsafe UnsafeMutableRawPointer(draft).advanced(by: offset)
      unsafe place.assumingMemoryBound(to: Value.self).pointee = value
    }
  }

  /// Whether the draft has this value in the field's place, by `same`.
  func isSame(_ value: Value, in draft: Draft, _ same: (Value, Value) -> Bool) -> Bool {
    guard let offset else { return same(draft[keyPath: path], value) }
    return unsafe withUnsafePointer(to: draft) { draft in
      let place = unsafe UnsafeRawPointer(draft).advanced(by: offset)
      return unsafe same(place.assumingMemoryBound(to: Value.self).pointee, value)
    }
  }
}
