public import ResilienceCore

/// A `Clock` that shows virtual time, for code that sleeps on a clock it is given.
public struct VirtualClock: Clock {
  public struct Instant: InstantProtocol {
    /// The time since the clock's origin.
    public var offset: Duration

    public init(offset: Duration) { self.offset = offset }

    public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    public func duration(to other: Instant) -> Duration { other.offset - offset }
    public static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  private let time: VirtualTime

  /// A clock of `time`.
  public init(_ time: VirtualTime) { self.time = time }

  public var now: Instant { Instant(offset: Duration(nanoseconds: time.now.nanoseconds)) }
  public var minimumResolution: Duration { .nanoseconds(1) }

  /// Suspends the task until `deadline`, exactly: `tolerance` has no meaning here. A deadline in the past does not suspend.
  public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
    try await TimeSource.virtual(time).sleep(until: .init(nanoseconds: deadline.offset.nanoseconds))
  }
}
