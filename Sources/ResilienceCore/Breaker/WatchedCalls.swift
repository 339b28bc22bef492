/// The running calls of a breaker that counts slow ones: those that may become slow, in the order in which they began, and those
/// that have.
///
/// Calls are numbered as they begin. A call that is not slow yet has a place in a ring, which a call leaves at the latest when it
/// becomes slow: so the ring holds no more than what begins within that time. A call that hangs for ever costs one entry of a
/// dictionary. All operations are O(1) on average.
package struct WatchedCalls: Hashable, Sendable {
  /// In the place of a call that has ended: later than any call can become slow.
  private static let ended = Instant.distantFuture

  private var starts = InstantRing()
  /// The number of the first call in the ring.
  private var first: UInt64 = 0
  /// When the last call began; calls that threads bring out of order count as begun together.
  private var newest = Instant(nanoseconds: 0)
  /// Where the records of the slow calls are in the window, by number.
  private var records: [UInt64: UInt64] = [:]
  /// No call becomes slow before this instant, because another limit held until then.
  private var notBefore = Instant(nanoseconds: 0)

  package init() {}

  /// Notes a call that begins, and says its number.
  package mutating func begin(at now: Instant) -> UInt64 {
    newest = max(newest, now)
    starts.append(newest)
    return first &+ UInt64(starts.count) &- 1
  }

  /// Notes that a call has ended, and says where its record is if it was slow before.
  package mutating func end(_ number: UInt64) -> UInt64? {
    if !records.isEmpty, let record = records.removeValue(forKey: number) { return record }
    guard starts.replace(number &- first, with: Self.ended) else { return nil }
    skipEnded()
    return nil
  }

  /// When the next call becomes slow, if it still runs then.
  package func nextMark(_ slowerThan: UInt64) -> Instant? {
    starts.first.map { max($0.advanced(by: slowerThan).advanced(by: 1), notBefore) }
  }

  /// Notes that the first call has become slow, and where its record is.
  package mutating func mark(_ record: UInt64) {
    guard starts.first != nil else { return }
    records[first] = record
    starts.removeFirst()
    first &+= 1
    skipEnded()
  }

  /// Another limit holds from now on.
  package mutating func limitChanged(at now: Instant) { notBefore = max(notBefore, now) }

  /// Forgets where records are: the window that they were in is gone.
  package mutating func forgetRecords() { records.removeAll() }

  /// No call that runs can become slow any more; those that have keep their records.
  package mutating func stopWatching() {
    first &+= UInt64(starts.count)
    starts.empty()
  }

  package mutating func empty() {
    stopWatching()
    records.removeAll()
  }

  /// How many places the ring holds.
  package var waiting: Int { starts.count }

  package var isEmpty: Bool { starts.count == 0 && records.isEmpty }

  private mutating func skipEnded() {
    while starts.first == Self.ended {
      starts.removeFirst()
      first &+= 1
    }
  }
}
