import Testing

@testable import ResilienceCore

private let millisecond: UInt64 = 1_000_000

/// The ends of calls, 500 a second.
private struct Feed {
  var limit: AdaptiveLimit
  private(set) var now: UInt64 = 0

  init(_ algorithm: AdaptiveLimitSettings.Algorithm, min: Int = 4, max: Int = 64, goingOnFrom start: Int? = nil) {
    limit = AdaptiveLimit(AdaptiveLimitSettings(min: min, max: max, algorithm: algorithm), goingOnFrom: start)
  }

  /// Gives the ends of so many tenths of a second; `inFlight` is as many as may run when nothing else is said.
  ///
  /// - Returns: The highest limit meanwhile.
  @discardableResult
  mutating func rounds(
    _ count: Int, _ end: LimitSample.End = .answered, latency: UInt64 = 20, inFlight: Int? = nil
  ) -> Int {
    var highest = 0
    for _ in 0..<(count * 50) {
      self.end(end, latency: latency, inFlight: inFlight)
      highest = Swift.max(highest, limit.limit)
    }
    return highest
  }

  mutating func end(_ end: LimitSample.End, latency: UInt64 = 20, inFlight: Int? = nil) {
    now += 2 * millisecond
    limit.take(
      LimitSample(
        end, started: Instant(nanoseconds: now.subtractingSaturated(latency * millisecond)),
        ended: Instant(nanoseconds: now), inFlight: inFlight ?? limit.limit))
  }
}

@Suite struct AdaptiveLimitTests {
  @Test("A limit begins at its lowest")
  func beginning() {
    for algorithm in AdaptiveLimitSettings.Algorithm.allCases {
      #expect(Feed(algorithm).limit.limit == 4)
    }
  }

  @Test("B35: when every call is dropped the limit falls, to its lowest and no further")
  func allDropped() {
    for algorithm in AdaptiveLimitSettings.Algorithm.allCases {
      var feed = Feed(algorithm, goingOnFrom: 64)
      feed.rounds(1_000)
      let before = feed.limit.limit
      feed.rounds(2, .dropped)
      #expect(feed.limit.limit < before, "\(algorithm)")
      feed.rounds(5, .dropped)
      #expect(feed.limit.limit == 4, "\(algorithm)")
    }
  }

  @Test("Calls that use less than half of the limit do not raise it")
  func lessThanHalf() {
    for algorithm in AdaptiveLimitSettings.Algorithm.allCases {
      var feed = Feed(algorithm, max: 1_000)
      feed.rounds(10)
      let before = feed.limit.limit
      #expect(before > 4, "\(algorithm)")
      feed.rounds(10, inFlight: (before - 1) / 2)
      #expect(feed.limit.limit == before, "\(algorithm)")
      feed.rounds(10, inFlight: (before + 1) / 2)
      #expect(feed.limit.limit > before, "\(algorithm)")
    }
  }

  @Test("The limit is back at its highest within ten rounds for each step of its root, once the latency is back")
  func recovery() {
    var feed = Feed(.gradient)
    feed.rounds(70)
    #expect(feed.limit.limit == 64)
    feed.rounds(100, latency: 200)
    #expect(feed.limit.limit < 8)
    feed.rounds(62)
    #expect(feed.limit.limit == 64)
  }

  @Test("A latency that stays becomes the new base within a minute, and the limit goes up again")
  func newNormal() {
    var feed = Feed(.gradient)
    feed.rounds(70)
    feed.rounds(100, latency: 60)
    #expect(feed.limit.limit < 16)
    feed.rounds(580, latency: 60)
    #expect(feed.rounds(50, latency: 60) == 64)
  }

  @Test("The base is measured at half the limit, now and then and for a moment only, unless it is confirmed")
  func measuring() {
    var feed = Feed(.gradient)
    feed.rounds(70)
    #expect((0..<2_000).allSatisfy { _ in feed.rounds(1) == 64 }, "a steady latency confirms it")
    feed.rounds(10, latency: 24)
    var lowered = 0
    for _ in 0..<1_200 where feed.rounds(1, latency: 23) < 60 { lowered += 1 }
    #expect(1...12 ~= lowered)
  }

  @Test("Callers that use less than half of the limit are not held back while the base is measured")
  func unnoticedMeasurement() {
    var feed = Feed(.gradient)
    feed.rounds(70)
    for _ in 0..<2_000 {
      feed.rounds(1, latency: 23, inFlight: 30)
      #expect(feed.limit.limit == 64)
    }
    feed.rounds(700, latency: 60, inFlight: 30)
    #expect(feed.rounds(20, latency: 60) == 64, "the base was measured meanwhile")
    #expect(feed.limit.limit == 64)
  }

  @Test("After a fall nothing rises for five rounds")
  func rest() {
    var feed = Feed(.aimd, max: 1_000)
    feed.rounds(40)
    feed.rounds(2, .dropped)
    let fallen = feed.limit.limit
    feed.rounds(4)
    #expect(feed.limit.limit <= fallen)
    feed.rounds(5)
    #expect(feed.limit.limit > fallen)
  }

  @Test("A few drops in a hundred are chance; more lower the limit")
  func chance() {
    var feed = Feed(.aimd, max: 1_000)
    for _ in 0..<50 {
      feed.rounds(1)
      feed.rounds(1, .dropped)
    }
    #expect(feed.limit.limit == 4)
    feed.rounds(10)
    let before = feed.limit.limit
    for number in 0..<2_000 { feed.end(number.isMultiple(of: 60) ? .dropped : .answered) }
    #expect(feed.limit.limit > before)
  }

  @Test("A reload takes over the limit in force, within the new bounds")
  func update() {
    var feed = Feed(.aimd)
    feed.rounds(40)
    let before = feed.limit.limit
    feed.limit.update(AdaptiveLimitSettings(min: 2, max: 100, algorithm: .aimd))
    #expect(feed.limit.limit == before)
    feed.limit.update(AdaptiveLimitSettings(min: 2, max: 10, algorithm: .aimd))
    #expect(feed.limit.limit == 10)
    feed.limit.update(AdaptiveLimitSettings(min: 50, max: 60, algorithm: .aimd))
    #expect(feed.limit.limit == 50)
  }

  @Test("Bounds that make no sense are taken as the nearest that do")
  func absurd() {
    let settings = AdaptiveLimitSettings(min: -3, max: -7)
    #expect(settings.min == 1)
    #expect(settings.max == 1)
    #expect(AdaptiveLimitSettings(min: .max, max: 0).max == Int(Int32.max))
  }
}
