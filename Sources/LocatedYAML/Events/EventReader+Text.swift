internal import CLibYAML

extension EventReader {
  /// How many bytes the current scalar has after unescaping and folding; 0 for any other event.
  ///
  /// A scalar may hold NUL, so its length is the library's and never found by looking for a terminator.
  var valueCount: Int {
    guard unsafe event.pointee.type == YAML_SCALAR_EVENT else { return 0 }
    return unsafe Int(truncatingIfNeeded: event.pointee.data.scalar.length)
  }

  /// Whether the current scalar is, byte for byte, what the parsed text has at `offset`.
  func valueIsWritten(at offset: Int) -> Bool {
    let count = valueCount
    guard count > 0, let value = unsafe event.pointee.data.scalar.value else { return count == 0 }
    return unsafe bytes.hasPrefix(UnsafeBufferPointer(start: value, count: count), at: offset)
  }

  /// Appends the bytes of the current scalar to `output`.
  func appendValue(to output: inout [UInt8]) {
    let count = valueCount
    guard count > 0, let value = unsafe event.pointee.data.scalar.value else { return }
    unsafe output.append(contentsOf: UnsafeBufferPointer(start: value, count: count))
  }

  /// The anchor of the current node, or the name an alias refers to.
  var anchor: String? {
    switch unsafe event.pointee.type {
    case YAML_ALIAS_EVENT: unsafe name(event.pointee.data.alias.anchor)
    case YAML_SCALAR_EVENT: unsafe name(event.pointee.data.scalar.anchor)
    case YAML_SEQUENCE_START_EVENT: unsafe name(event.pointee.data.sequence_start.anchor)
    case YAML_MAPPING_START_EVENT: unsafe name(event.pointee.data.mapping_start.anchor)
    default: nil
    }
  }

  /// The tag of the current node with its handle resolved.
  var tag: String? {
    switch unsafe event.pointee.type {
    case YAML_SCALAR_EVENT: unsafe name(event.pointee.data.scalar.tag)
    case YAML_SEQUENCE_START_EVENT: unsafe name(event.pointee.data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT: unsafe name(event.pointee.data.mapping_start.tag)
    default: nil
    }
  }

  private func name(_ address: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    guard let address = unsafe address else { return nil }
    return unsafe String(cString: address)
  }
}
