/// One JSON object on one line, member by member, in the order in which they are added.
struct JSONLine: ~Copyable {
  private(set) var bytes: [UInt8] = [UInt8(ascii: "{")]

  mutating func add(_ key: StaticString, _ value: String) {
    self.key(key)
    append(quoted: value)
  }

  mutating func add(_ key: StaticString, _ value: Int) {
    self.key(key)
    bytes += "\(value)".utf8
  }

  /// Nanoseconds as a number of milliseconds.
  mutating func add(_ key: StaticString, milliseconds nanoseconds: UInt64) {
    self.key(key)
    bytes += MillisecondText.exact(nanoseconds).utf8
  }

  /// A number that is written already; `nil` is null.
  mutating func add(_ key: StaticString, number: String?) {
    self.key(key)
    bytes += (number ?? "null").utf8
  }

  mutating func open(_ key: StaticString) {
    self.key(key)
    bytes.append(UInt8(ascii: "{"))
  }

  mutating func open(named key: String) {
    separate()
    append(quoted: key)
    bytes += ":{".utf8
  }

  mutating func add(named key: String, milliseconds nanoseconds: UInt64) {
    separate()
    append(quoted: key)
    bytes.append(UInt8(ascii: ":"))
    bytes += MillisecondText.exact(nanoseconds).utf8
  }

  mutating func add(named key: String, _ value: Int) {
    separate()
    append(quoted: key)
    bytes += ":\(value)".utf8
  }

  mutating func close() { bytes.append(UInt8(ascii: "}")) }

  /// The object, with its line end.
  consuming func finish() -> [UInt8] {
    bytes += "}\n".utf8
    return bytes
  }

  private mutating func key(_ key: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes += key.description.utf8
    bytes += "\":".utf8
  }

  private mutating func separate() {
    if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func append(quoted text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case ..<0x20, 0x7F:
        let digits = String(byte, radix: 16)
        bytes += "\\u00\(digits.utf8.count < 2 ? "0" : "")\(digits)".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

/// Nanoseconds as milliseconds.
enum MillisecondText {
  /// With as many decimals as it takes, and none that are zero at the end: `1500`, `0.25`.
  static func exact(_ nanoseconds: UInt64) -> String {
    let fraction = nanoseconds % 1_000_000
    guard fraction > 0 else { return "\(nanoseconds / 1_000_000)" }
    var digits = "\(1_000_000 + fraction)".dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(nanoseconds / 1_000_000).\(digits)"
  }
}
