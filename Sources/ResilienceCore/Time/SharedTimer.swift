import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The timers of system time: wheels that threads share by stripes, and one thread that fires them all.
///
/// The thread starts with the first timer and sleeps until the earliest one, for good when none is armed. It takes none of the
/// process's signals. Actions run on it with no lock held.
final class SharedTimer: Sendable {
  static let shared = SharedTimer()

  /// Counted once, for good: this object lives as long as the program, and arming a timer counts nothing.
  private let stripes: [UncountedReference<TimerStripe>]
  /// When the thread wakes by itself. While it looks for the next timer this is the end of time, so that every new timer calls it:
  /// a timer that it has missed is told to it.
  private let nextWake = Atomic<UInt64>(.max)
  private let alarm = Monitor(())
  private let thread = Atomic<UInt>(0)

  private init() {
    // Four stripes a processor: threads are spread by chance, and two on one stripe wait for each other.
    let wanted = 4 * max(1, min(16, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    var count = 1
    while count < wanted { count *= 2 }
    stripes = (0..<count).map { _ in UncountedReference(owning: TimerStripe()) }
  }

  func arm(at instant: Instant, _ action: TimerAction) -> TimerToken {
    let stripe = ThreadIdentity.current.stripe(of: stripes.count)
    let handle = stripes[stripe].look { $0.insert(action, at: instant) }
    let wake = TimerWheel.wake(for: instant)
    if wake.nanoseconds < nextWake.load(ordering: .relaxed) { callThread(for: wake) }
    return TimerToken(place: UInt64(stripe) << 32 | UInt64(handle.index), generation: UInt64(handle.generation))
  }

  func disarm(_ token: consuming TimerToken) -> Bool {
    let stripe = Int(truncatingIfNeeded: token.place >> 32)
    let handle = TimerWheel.Handle(
      index: UInt32(truncatingIfNeeded: token.place), generation: UInt32(truncatingIfNeeded: token.generation))
    switch stripes[stripe].look({ $0.remove(handle) }) {
    case .removed: return true
    case .fired: return false
    case .firing:
      // The thread waits for nobody, least of all for itself: an action may end the very task that it was armed for.
      if thread.load(ordering: .relaxed) != ThreadIdentity.current.bits {
        stripes[stripe].look { $0.awaitFinish(handle) }
      }
      return false
    }
  }

  private func callThread(for wake: Instant) {
    alarm.withLock { _ in
      guard ensureThread() else { return }
      nextWake.store(min(nextWake.load(ordering: .relaxed), wake.nanoseconds), ordering: .relaxed)
    }
    alarm.wakeAll()
  }

  /// Without a thread the next timer tries again, and until then nothing fires.
  private func ensureThread() -> Bool {
    if thread.load(ordering: .relaxed) != 0 { return true }
    guard let identity = startThread({ SharedTimer.shared.keepTime() }) else { return false }
    thread.store(identity.bits, ordering: .relaxed)
    return true
  }

  private func keepTime() {
    while true {
      alarm.withLock { _ in nextWake.store(.max, ordering: .relaxed) }
      let earliest = fireDue()
      alarm.withLock { _ in
        nextWake.store(min(nextWake.load(ordering: .relaxed), earliest), ordering: .relaxed)
      }
      sleep()
    }
  }

  /// Fires what is due and returns when to look again.
  private func fireDue() -> UInt64 {
    let now = SystemClock.now
    var earliest = UInt64.max
    for stripe in stripes {
      if let next = stripe.look({ $0.fireDue(at: now) }) { earliest = min(earliest, next.nanoseconds) }
    }
    return earliest
  }

  private func sleep() {
    var wake = nextWake.load(ordering: .relaxed)
    while wake > SystemClock.now.nanoseconds {
      alarm.sleep(until: wake == .max ? nil : Instant(nanoseconds: wake)) { _ in
        nextWake.load(ordering: .relaxed) != wake
      }
      wake = nextWake.load(ordering: .relaxed)
    }
  }
}
