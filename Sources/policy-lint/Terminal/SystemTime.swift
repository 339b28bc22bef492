import PolicyAnalysis
import PolicyLanguage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The day, in UTC, that the machine's clock shows; `nil` for a clock before 1970 or after 9999.
func today() -> CalendarDate? { CalendarDate(secondsSince1970: time(nil)) }

/// A clock for how long something takes.
func monotonicNanoseconds() -> UInt64 {
  var now = timespec()
  _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
  return UInt64(clamping: now.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: now.tv_nsec)
}
