#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a new thread runs.
private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Starts a thread that takes none of the process's signals; nil when the system refuses one.
///
/// What must hold: the body is counted once until the thread has it. It is counted here, and given back by the thread, or here when there is none.
package func startThread(_ run: @escaping @Sendable () -> Void) -> ThreadIdentity? {
  var everySignal = sigset_t()
  var mask = sigset_t()
  unsafe sigfillset(&everySignal)
  // A thread begins with its creator's mask: blocking here leaves no moment in which it could take a signal.
  unsafe pthread_sigmask(SIG_SETMASK, &everySignal, &mask)
  defer { unsafe pthread_sigmask(SIG_SETMASK, &mask, nil) }

  let body = unsafe Unmanaged.passRetained(ThreadBody(run))
  #if canImport(Glibc)
    var thread = pthread_t()
    let status = unsafe pthread_create(&thread, nil, runThreadBody, body.toOpaque())
    let identity = ThreadIdentity(bits: UInt(thread))
  #else
    var thread: pthread_t?
    let status = unsafe pthread_create(&thread, nil, runThreadBody, body.toOpaque())
    let identity = unsafe ThreadIdentity(bits: UInt(bitPattern: thread))
  #endif
  guard status == 0 else {
    unsafe body.release()
    return nil
  }
  #if canImport(Glibc)
    pthread_detach(thread)
  #else
    if let thread = unsafe thread { unsafe pthread_detach(thread) }
  #endif
  return identity
}

#if canImport(Glibc)
  private func runThreadBody(_ body: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let body = unsafe body { unsafe Unmanaged<ThreadBody>.fromOpaque(body).takeRetainedValue().run() }
    return nil
  }
#else
  private func runThreadBody(_ body: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    unsafe Unmanaged<ThreadBody>.fromOpaque(body).takeRetainedValue().run()
    return nil
  }
#endif
