/// Where the lines of a file begin.
///
/// A line ends with LF, CRLF or a lone CR and nothing else. The YAML parser also ends lines at U+0085, U+2028 and
/// U+2029, which no editor does, so its own line numbers are never shown to anybody.
struct LineTable: Sendable {
  private let starts: ContiguousArray<UInt32>

  /// Finds the lines of `bytes`. O(n).
  init(_ bytes: [UInt8], from first: Int) {
    var starts: ContiguousArray<UInt32> = [UInt32(clamping: first)]
    var offset = first
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      if byte == UInt8(ascii: "\n") {
        starts.append(UInt32(clamping: offset))
      } else if byte == UInt8(ascii: "\r") {
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "\n") { offset += 1 }
        starts.append(UInt32(clamping: offset))
      }
    }
    self.starts = starts
  }

  var count: Int { starts.count }

  /// The offset at which line `number`, from 1, begins; `nil` when there is no such line.
  func start(ofLine number: Int) -> Int? {
    number >= 1 && number <= starts.count ? Int(starts[number - 1]) : nil
  }

  /// The number, from 1, of the line that holds `offset`. O(log lines).
  func line(at offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle + 1 } else { high = middle }
    }
    return max(low, 1)
  }
}
