/// The last so many calls, a bit a call for failures and another for slow ones. The sums of them are kept by the caller.
///
/// Every operation is O(1) but `empty`, which is O(capacity / 64).
package struct CountWindow: Hashable, Sendable {
  /// Bits of failures, then bits of slow calls. Its position is how many calls were recorded since the window was empty: the next
  /// record's number.
  var words: WindowWords

  /// A window over the last `capacity` calls, at least 1.
  package init(capacity: Int) {
    let capacity = max(capacity, 1)
    words = WindowWords(.calls, size: UInt64(capacity), count: Self.wordCount(capacity))
  }

  init(words: WindowWords) { self.words = words }

  var capacity: Int { Int(words.head.size) }

  private static func wordCount(_ capacity: Int) -> Int { (capacity - 1) / 64 + 1 }

  /// Adds a call, in the place of the oldest when the window is full, and says its number.
  package mutating func record(failed: Bool, slow: Bool, in counts: inout WindowCounts) -> UInt64 {
    if slow { words.grow(to: 2 * Self.wordCount(capacity)) }
    return words.change { head, words in
      let slot = Int(head.position % head.size)
      let slowWord = Self.wordCount(Int(head.size)) + slot >> 6
      counts.failures += Self.replace(&words, slot >> 6, slot, with: failed)
      if slowWord < words.count { counts.slow += Self.replace(&words, slowWord, slot, with: slow) }
      counts.calls = min(counts.calls + 1, Int(head.size))
      defer { head.position &+= 1 }
      return head.position
    }
  }

  /// Makes a failure of the call with this number, if it still is in the window.
  package mutating func fail(_ number: UInt64, in counts: inout WindowCounts) {
    words.change { head, words in
      guard head.position &- number <= head.size else { return }
      let slot = Int(number % head.size)
      counts.failures += Self.replace(&words, slot >> 6, slot, with: true)
    }
  }

  package mutating func empty() {
    words.change { head, _ in head.position = 0 }
    words.empty()
  }

  /// Sets one bit of a word and says by how much the number of set bits grew.
  private static func replace(_ words: inout MutableSpan<UInt64>, _ word: Int, _ slot: Int, with value: Bool) -> Int {
    let mask: UInt64 = 1 << UInt64(slot & 63)
    let old = words[word] & mask != 0
    guard old != value else { return 0 }
    words[word] ^= mask
    return value ? 1 : -1
  }
}
