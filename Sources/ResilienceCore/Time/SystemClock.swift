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
}
