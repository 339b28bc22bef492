/// A half-open range of bytes in one file.
///
/// Both ends are kept in 32 bits, so a span is as small as one pointer. Files of 4 GiB and more are never loaded;
/// ends outside 0…4 294 967 295 are clamped, and an end before the start becomes the start.
public struct ByteSpan: Hashable, Sendable {
  private let lower: UInt32
  private let upper: UInt32

  /// The offset of the first byte.
  public var start: Int { Int(lower) }

  /// The offset behind the last byte.
  public var end: Int { Int(upper) }

  /// A span of the bytes from `start` up to, not including, `end`.
  public init(_ start: Int, _ end: Int) {
    lower = UInt32(clamping: start)
    upper = Swift.max(lower, UInt32(clamping: end))
  }
}

extension ByteSpan {
  /// The number of bytes.
  package var count: Int { end - start }

  /// Whether the span holds no byte.
  package var isEmpty: Bool { lower == upper }

  /// Whether the byte at `offset` belongs to the span.
  package func contains(_ offset: Int) -> Bool { start <= offset && offset < end }

  /// Whether every byte of `other` belongs to the span.
  package func contains(_ other: ByteSpan) -> Bool { start <= other.start && other.end <= end }

  /// The span cut to the first `count` bytes of a file.
  package func clamped(to count: Int) -> ByteSpan { ByteSpan(Swift.min(start, count), Swift.min(end, count)) }
}
