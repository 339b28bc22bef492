/// Strict UTF-8, one scalar at a time.
enum ScalarDecoder {
  /// What stands at one place of a text.
  enum Unit: Equatable {
    case scalar(Unicode.Scalar, length: Int)
    /// Bytes that begin no scalar, as many as Unicode's "maximal subpart" rule replaces by one U+FFFD.
    case invalid(length: Int)
  }

  /// Decodes what begins at `offset`, which has to be inside `bytes`.
  static func unit(in bytes: [UInt8], at offset: Int) -> Unit {
    let lead = bytes[offset]
    guard lead >= 0x80 else { return .scalar(Unicode.Scalar(lead), length: 1) }
    guard let form = Form(lead: lead) else { return .invalid(length: 1) }
    var value = UInt32(lead) & form.leadMask
    for position in 1..<form.length {
      let next = offset + position
      guard next < bytes.count else { return .invalid(length: position) }
      let allowed = position == 1 ? form.second : 0x80...0xBF
      guard allowed.contains(bytes[next]) else { return .invalid(length: position) }
      value = value << 6 | UInt32(bytes[next]) & 0x3F
    }
    guard let scalar = Unicode.Scalar(value) else { return .invalid(length: 1) }
    return .scalar(scalar, length: form.length)
  }

  /// What may follow a leading byte (Unicode 15, table 3-7): the second byte's range keeps out overlong forms,
  /// surrogates and values above U+10FFFF.
  private struct Form {
    let length: Int
    let leadMask: UInt32
    let second: ClosedRange<UInt8>

    init?(lead: UInt8) {
      switch lead {
      case 0xC2...0xDF: (length, leadMask, second) = (2, 0x1F, 0x80...0xBF)
      case 0xE0: (length, leadMask, second) = (3, 0x0F, 0xA0...0xBF)
      case 0xED: (length, leadMask, second) = (3, 0x0F, 0x80...0x9F)
      case 0xE1...0xEF: (length, leadMask, second) = (3, 0x0F, 0x80...0xBF)
      case 0xF0: (length, leadMask, second) = (4, 0x07, 0x90...0xBF)
      case 0xF1...0xF3: (length, leadMask, second) = (4, 0x07, 0x80...0xBF)
      case 0xF4: (length, leadMask, second) = (4, 0x07, 0x80...0x8F)
      default: return nil
      }
    }
  }
}
