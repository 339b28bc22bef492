#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The machine's monotonic clock: it never steps, whatever happens to the date.
enum SystemClock {
  /// The precise clock. The coarse one moves in steps of a scheduler tick, and a deadline judged by it ends early.
  static var now: Instant {
    var reading = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &reading)
    let seconds = UInt64(truncatingIfNeeded: reading.tv_sec)
    return Instant(nanoseconds: seconds &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: reading.tv_nsec))
  }

  /// The same clock as it stood at the last tick of the scheduler, a few milliseconds ago at most: a tenth of the precise clock's cost.
  ///
  /// A call of its own: its buffer would cost its callers a check of their stack.
  @inline(never)
  static var coarseNow: Instant {
    #if os(Linux)
      var reading = timespec()
      unsafe clock_gettime(CLOCK_MONOTONIC_COARSE, &reading)
      let seconds = UInt64(truncatingIfNeeded: reading.tv_sec)
      return Instant(nanoseconds: seconds &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: reading.tv_nsec))
    #else
      return now
    #endif
  }
}
