/// Finds the final status of an HTTP/1 answer in its bytes, as they come.
struct HTTPResponseHead {
  /// The most bytes that are looked at.
  static let limit = 16_384

  private var bytes: [UInt8] = []

  /// Takes the next bytes; none mean that the stream has ended.
  ///
  /// - Returns: The status, when it is known. Interim answers (1xx) are skipped.
  /// - Throws: ``ProbeFailure`` for what is not HTTP, or has no final status.
  mutating func take(_ more: [UInt8]) throws -> Int? {
    guard !more.isEmpty else {
      throw ProbeFailure(bytes.isEmpty ? "the server closed without an answer" : "the answer was cut off")
    }
    bytes += more
    while let line = firstLine {
      let status = try Self.status(in: line)
      if status >= 200 { return status }
      guard let end = endOfHead else { break }
      bytes.removeFirst(end)
    }
    guard bytes.count <= Self.limit else { throw ProbeFailure("the answer is no HTTP: it has no line end") }
    return nil
  }

  private var firstLine: ArraySlice<UInt8>? {
    bytes.firstIndex(of: UInt8(ascii: "\n")).map { bytes[..<$0] }
  }

  /// Where the first head ends: behind an empty line.
  private var endOfHead: Int? {
    var isEmpty = false
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "\n"):
        if isEmpty { return index + 1 }
        isEmpty = true
      case UInt8(ascii: "\r"): break
      default: isEmpty = false
      }
    }
    return nil
  }

  /// `HTTP/1.1 200 OK` (RFC 9112, 4): a version, a space, three digits, then a space or nothing.
  private static func status(in line: ArraySlice<UInt8>) throws -> Int {
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
    let digits = words.dropFirst().first.map { $0.filter { $0 != UInt8(ascii: "\r") } } ?? []
    guard let version = words.first, version.starts(with: Array("HTTP/1.".utf8)), digits.count == 3,
      digits.allSatisfy({ (0x30...0x39).contains($0) }), let status = Int(String(decoding: digits, as: UTF8.self)),
      (100...599).contains(status)
    else {
      throw ProbeFailure("the answer is no HTTP/1")
    }
    return status
  }
}
