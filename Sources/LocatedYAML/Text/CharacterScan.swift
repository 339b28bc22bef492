/// One look at every byte of a file before the parser sees it.
///
/// libyaml stops at the first character it cannot read, and drops whatever it had read ahead. So all of them are found
/// here, and overwritten in a copy that the parser can read to the end. A file of plain ASCII costs one comparison of
/// vectors for each block and is not copied.
struct CharacterScan {
  /// Whether no byte is above 0x7F.
  private(set) var isASCII = true
  private(set) var hasCarriageReturn = false
  /// Every `#`: where comments may begin.
  private(set) var hashes: [Int] = []
  /// Characters that look like a space and are none; whether they matter depends on where they stand.
  private(set) var oddSpaces: [CharacterFault] = []
  /// The first faults, in file order.
  private(set) var faults: [CharacterFault] = []
  private(set) var faultCount = 0
  /// What the parser may read: as long as the file, each faulty byte replaced by `_`.
  var readable: [UInt8] { overwritten ?? bytes }
  private let bytes: [UInt8]
  private var overwritten: [UInt8]?

  /// How many faults are described one by one.
  static let describedFaults = 100

  /// Looks at all of `bytes`. O(n).
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let blockSize = 32
    var offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while offset < bytes.count {
      let end = min(offset + blockSize, bytes.count)
      offset = Self.isOrdinary(bytes[offset..<end]) ? end : inspect(bytes, offset, end)
    }
  }
}

extension CharacterScan {
  /// Whether the block holds nothing but printable ASCII, tabs and LF, and no `#`.
  private static func isOrdinary(_ block: ArraySlice<UInt8>) -> Bool {
    // No branch and no early way out: this becomes a comparison of whole vectors.
    var found: UInt8 = 0
    for byte in block {
      let isControl: UInt8 = byte < 0x20 && byte != 0x0A && byte != 0x09 ? 1 : 0
      let isAbove: UInt8 = byte >= 0x7F ? 1 : 0
      let isHash: UInt8 = byte == 0x23 ? 1 : 0
      found |= isControl | isAbove | isHash
    }
    return found == 0
  }

  /// Looks at a block byte by byte and returns where it really ends: behind its last scalar.
  private mutating func inspect(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
    var offset = start
    while offset < end {
      let byte = bytes[offset]
      switch byte {
      case UInt8(ascii: "#"):
        hashes.append(offset)
        offset += 1
      case UInt8(ascii: "\r"):
        hasCarriageReturn = true
        offset += 1
      case 0x20..<0x7F, UInt8(ascii: "\t"), UInt8(ascii: "\n"):
        offset += 1
      default:
        offset += inspectScalar(bytes, offset)
      }
    }
    return offset
  }

  private mutating func inspectScalar(_ bytes: [UInt8], _ offset: Int) -> Int {
    if bytes[offset] >= 0x80 { isASCII = false }
    switch ScalarDecoder.unit(in: bytes, at: offset) {
    case .invalid(let length):
      add(CharacterFault(span: ByteSpan(offset, offset + length), scalar: nil), overwrite: true)
      return length
    case .scalar(let scalar, let length):
      guard let hazard = CharacterHazard(scalar) else { return length }
      let fault = CharacterFault(span: ByteSpan(offset, offset + length), scalar: scalar)
      if case .space = hazard {
        oddSpaces.append(fault)
      } else {
        add(fault, overwrite: hazard.confusesParser)
      }
      return length
    }
  }

  private mutating func add(_ fault: CharacterFault, overwrite: Bool) {
    faultCount += 1
    if faults.count < Self.describedFaults { faults.append(fault) }
    if overwrite { self.overwrite(fault.span) }
  }

  /// Not inlined: the copy would be made on the way into the loop around it, for every file.
  @inline(never)
  private mutating func overwrite(_ span: ByteSpan) {
    var readable = overwritten.take() ?? bytes
    for offset in span.start..<span.end { readable[offset] = UInt8(ascii: "_") }
    overwritten = readable
  }
}
