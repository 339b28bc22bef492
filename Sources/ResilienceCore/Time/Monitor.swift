#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A lock with a condition that threads sleep on, timed by the monotonic clock.
///
/// For the few places where a thread itself has to sleep; everything else takes a `Mutex`.
@safe final class Monitor: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe condition.initialize(to: pthread_cond_t())
    unsafe pthread_mutex_init(mutex, nil)
    #if canImport(Glibc)
      // The default clock of a condition is the wall clock, whose steps would stretch or cut a wait.
      var attributes = pthread_condattr_t()
      unsafe pthread_condattr_init(&attributes)
      unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
      unsafe pthread_cond_init(condition, &attributes)
      unsafe pthread_condattr_destroy(&attributes)
    #else
      unsafe pthread_cond_init(condition, nil)
    #endif
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Runs `body` with the lock held.
  func withLock<Value>(_ body: () -> Value) -> Value {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Sleeps until somebody wakes the monitor. Call with the lock held; a wake-up without a cause is possible.
  func wait() {
    unsafe pthread_cond_wait(condition, mutex)
  }

  /// Sleeps until somebody wakes the monitor, at most until `instant` of the system's clock. Call with the lock held.
  func wait(until instant: Instant) {
    #if canImport(Glibc)
      var limit = timespec(instant)
      unsafe pthread_cond_timedwait(condition, mutex, &limit)
    #else
      var limit = timespec(Instant(nanoseconds: SystemClock.now.nanoseconds(to: instant)))
      unsafe pthread_cond_timedwait_relative_np(condition, mutex, &limit)
    #endif
  }

  /// Wakes every thread that sleeps on the monitor.
  func wakeAll() {
    unsafe pthread_cond_broadcast(condition)
  }
}

extension timespec {
  /// Seconds are cut at what fits 32 bits: a sleeper looks at the clock again when it wakes.
  fileprivate init(_ instant: Instant) {
    let seconds = min(instant.nanoseconds / 1_000_000_000, UInt64(Int32.max))
    self.init(tv_sec: Int(seconds), tv_nsec: Int(instant.nanoseconds % 1_000_000_000))
  }
}
