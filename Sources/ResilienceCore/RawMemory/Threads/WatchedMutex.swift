#if THREAD_SANITIZER
  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Darwin)
    import Darwin
  #endif

  /// The standard library's mutex, for builds that the thread sanitizer watches.
  ///
  /// On Linux the real one is handed over by the kernel when threads wait for it, which the sanitizer cannot see, so it reports
  /// everything under a contended mutex as a race. This one is built on a lock that it knows. It is only there when the build
  /// defines THREAD_SANITIZER; modules then give it the other's name.
  ///
  /// What must hold: lock and value stay where they are, which a place of their own in memory sees to, and the value is touched with the lock held. It
  /// cannot be copied, so nobody holds the lock at its end.
  @safe package struct WatchedMutex<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let value = UnsafeMutablePointer<Value>.allocate(capacity: 1)

    package init(_ initial: consuming sending Value) {
      unsafe lock.initialize(to: pthread_mutex_t())
      unsafe pthread_mutex_init(lock, nil)
      unsafe value.initialize(to: initial)
    }

    deinit {
      unsafe value.deinitialize(count: 1)
      unsafe value.deallocate()
      unsafe pthread_mutex_destroy(lock)
      unsafe lock.deallocate()
    }

    package borrowing func withLock<Result: ~Copyable, Failure: Error>(
      _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
      unsafe pthread_mutex_lock(lock)
      defer { unsafe pthread_mutex_unlock(lock) }
      return try unsafe body(&value.pointee)
    }
  }

  typealias Mutex<Value: ~Copyable> = WatchedMutex<Value>
#endif
