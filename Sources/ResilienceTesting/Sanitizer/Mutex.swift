#if THREAD_SANITIZER
  import ResilienceCore

  /// The mutex that the thread sanitizer can see through.
  typealias Mutex<Value: ~Copyable> = WatchedMutex<Value>
#endif
