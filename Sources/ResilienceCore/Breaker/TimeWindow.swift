/// The calls of the last ten buckets of time, the current one included: a call stays between nine and ten buckets long.
///
/// Buckets are counted from the clock's origin. A call whose instant is older than the newest one goes into its own bucket, or
/// nowhere when that has gone. The sums of the calls are kept by the caller. Every operation is O(1).
package struct TimeWindow: Hashable, Sendable {
  private static let buckets: UInt64 = 10
  /// A word each for calls and failures, and half a word each for slow calls.
  private static let words = 10
  private static let wordsWithSlow = 15

  /// Its position is the number of the current bucket.
  var words: WindowWords

  /// A window of ten buckets of `width` nanoseconds, at least 1.
  package init(bucket width: UInt64) {
    words = WindowWords(.time, size: max(width, 1), count: Self.words)
  }

  init(words: WindowWords) { self.words = words }

  /// When the current bucket ends.
  var bucketEnd: Instant {
    let head = words.head
    let (end, isPast) = (head.position &+ 1).multipliedReportingOverflow(by: head.size)
    return Instant(nanoseconds: isPast ? .max : end)
  }

  /// Adds a call that ended, or became slow, at `instant`, and says in which bucket it is.
  package mutating func record(
    failed: Bool, slow: Bool, at instant: Instant, in counts: inout WindowCounts
  ) -> UInt64 {
    if slow { words.grow(to: Self.wordsWithSlow) }
    return words.change { head, words in
      let number = Self.advance(&head, &words, to: instant, in: &counts)
      guard let slot = Self.slot(of: number, in: head), counts.room > 0 else { return number }
      words[slot] += Bucket.call
      counts.calls += 1
      if failed { Self.addFailure(&words, slot, in: &counts) }
      if slow {
        words[Bucket.slowWord(slot)] += Bucket.slowCall(slot)
        counts.slow += 1
      }
      return number
    }
  }

  /// Adds quick successes to the current bucket.
  mutating func addSuccesses(_ number: Int, in counts: inout WindowCounts) {
    words.change { head, words in
      let added = min(number, counts.room)
      guard added > 0 else { return }
      words[Int(head.position % Self.buckets)] += UInt64(added)
      counts.calls += added
    }
  }

  /// Makes a failure of a call in this bucket, if the bucket still is in the window.
  package mutating func fail(_ number: UInt64, in counts: inout WindowCounts) {
    words.change { head, words in
      guard let slot = Self.slot(of: number, in: head), Bucket.failures(words[slot]) < Bucket.calls(words[slot]) else {
        return
      }
      Self.addFailure(&words, slot, in: &counts)
    }
  }

  /// Forgets the calls that are too old at `instant`, and says which bucket that instant is in.
  @discardableResult
  package mutating func advance(to instant: Instant, in counts: inout WindowCounts) -> UInt64 {
    words.change { head, words in Self.advance(&head, &words, to: instant, in: &counts) }
  }

  package mutating func empty() { words.empty() }

  // MARK: Buckets

  private enum Bucket {
    static let call: UInt64 = 1
    static let failure: UInt64 = 1 << 32

    static func calls(_ word: UInt64) -> Int { Int(word & 0xFFFF_FFFF) }
    static func failures(_ word: UInt64) -> Int { Int(word >> 32) }
    static func slowWord(_ slot: Int) -> Int { TimeWindow.words + slot / 2 }
    static func slowCall(_ slot: Int) -> UInt64 { slot & 1 == 0 ? call : failure }
    static func slow(_ word: UInt64, _ slot: Int) -> Int { slot & 1 == 0 ? calls(word) : failures(word) }
  }

  private static func advance(
    _ head: inout WindowWords.Head, _ words: inout MutableSpan<UInt64>, to instant: Instant,
    in counts: inout WindowCounts
  ) -> UInt64 {
    let began = head.position &* head.size
    if instant.nanoseconds >= began, instant.nanoseconds - began < head.size { return head.position }
    let number = instant.nanoseconds / head.size
    guard number > head.position else { return number }
    forget(min(number - head.position, buckets), head, &words, in: &counts)
    head.position = number
    return number
  }

  /// Clears the oldest buckets, which are those after the current one.
  private static func forget(
    _ number: UInt64, _ head: WindowWords.Head, _ words: inout MutableSpan<UInt64>, in counts: inout WindowCounts
  ) {
    for distance in 0..<number {
      let slot = Int((head.position % buckets + 1 + distance) % buckets)
      counts.calls -= Bucket.calls(words[slot])
      counts.failures -= Bucket.failures(words[slot])
      words[slot] = 0
      let slowWord = Bucket.slowWord(slot)
      guard slowWord < words.count else { continue }
      let slow = Bucket.slow(words[slowWord], slot)
      counts.slow -= slow
      words[slowWord] -= UInt64(slow) * Bucket.slowCall(slot)
    }
  }

  private static func addFailure(
    _ words: inout MutableSpan<UInt64>, _ slot: Int, in counts: inout WindowCounts
  ) {
    words[slot] += Bucket.failure
    counts.failures += 1
  }

  private static func slot(of number: UInt64, in head: WindowWords.Head) -> Int? {
    guard number <= head.position, head.position - number < buckets else { return nil }
    return Int(number % buckets)
  }
}
