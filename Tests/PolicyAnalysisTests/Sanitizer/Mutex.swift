#if THREAD_SANITIZER
  internal import ResilienceCore

  /// The mutex that the thread sanitizer can see through.
  typealias Mutex<Value: ~Copyable> = WatchedMutex<Value>
#endif
