#if canImport(Glibc)
  package import Glibc
#elseif canImport(Darwin)
  package import Darwin
#endif

/// A length of time as system calls take it; a negative one is none.
///
/// Made here, because an optimised build of a program that imports this module does not see the type's own initialiser.
package func systemTime(lasting time: Duration) -> timespec {
  let nanoseconds = time.nanoseconds
  return timespec(
    tv_sec: Int(clamping: nanoseconds / 1_000_000_000), tv_nsec: Int(truncatingIfNeeded: nanoseconds % 1_000_000_000))
}
