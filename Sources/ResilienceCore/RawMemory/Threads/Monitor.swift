#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A lock around some state, with a condition that threads sleep on, timed by the monotonic clock.
///
/// For state whose changes threads wait for. The thread sanitizer follows it under contention, which it cannot do with `Mutex`:
/// that one's slow path is in a library it does not see.
///
/// What must hold: lock, condition and state stay where they are, which a place of their own in memory sees to; the state is touched with the lock held;
/// and nobody locks or sleeps any more when they are destroyed, for whoever does holds this object.
@safe package final class Monitor<State: ~Copyable>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let state = UnsafeMutablePointer<State>.allocate(capacity: 1)

  package init(_ state: consuming sending State) {
    unsafe self.state.initialize(to: state)
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
    unsafe state.deinitialize(count: 1)
    unsafe state.deallocate()
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Runs `body` on the state with the lock held. `body` must be short and must not come back here.
  @inline(__always)
  package func withLock<Value: ~Copyable>(_ body: (inout State) -> Value) -> Value {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return unsafe body(&state.pointee)
  }

  /// Sleeps until `done` says yes. It is asked with the lock held, at first and after each wake-up.
  package func wait(until done: (inout State) -> Bool) {
    withLock { state in
      while !done(&state) { unsafe pthread_cond_wait(condition, mutex) }
    }
  }

  /// Sleeps until `instant` of the system's clock or until woken, possibly without a cause; not at all if `done` says yes.
  package func sleep(until instant: Instant?, unless done: (inout State) -> Bool) {
    withLock { state in
      guard !done(&state) else { return }
      guard let instant else {
        unsafe pthread_cond_wait(condition, mutex)
        return
      }
      #if canImport(Glibc)
        var limit = timespec(instant)
        unsafe pthread_cond_timedwait(condition, mutex, &limit)
      #else
        var limit = timespec(Instant(nanoseconds: SystemClock.now.nanoseconds(to: instant)))
        unsafe pthread_cond_timedwait_relative_np(condition, mutex, &limit)
      #endif
    }
  }

  /// Wakes every thread that sleeps here.
  package func wakeAll() {
    // With the lock held no thread stands between its question and its sleep.
    withLock { _ in _ = unsafe pthread_cond_broadcast(condition) }
  }
}

extension timespec {
  /// Seconds are cut at what fits 32 bits: a sleeper looks at the clock again when it wakes.
  fileprivate init(_ instant: Instant) {
    let seconds = min(instant.nanoseconds / 1_000_000_000, UInt64(Int32.max))
    self.init(tv_sec: Int(seconds), tv_nsec: Int(instant.nanoseconds % 1_000_000_000))
  }
}
