import Synchronization

/// Admits at an even rate, with a burst after a quiet time.
///
/// The generic cell rate algorithm (ITU-T I.371) on one atomic word, the theoretical arrival time: when the next call would come if
/// all came evenly. A call is admitted when that is at most `burst − 1` intervals ahead, and moves it on by one. So in any
/// interval of length t at most `burst + rate · t` are admitted, and there is no window at whose edge the burst doubles.
public final class RateLimiter: Sendable {
  private let ownName: InstanceName
  private let arrival: Atomic<UInt64>
  private let interval: Atomic<UInt64>
  /// How far ahead of now the theoretical arrival time of an admitted call can be.
  private let tolerance: Atomic<UInt64>
  private let wait: Atomic<UInt64>
  private let changes = Mutex(())
  private let waiters = Mutex(WaiterQueue())

  /// In the place of the arrival time while the numbers beside it change.
  private static let changing = UInt64.max

  /// Makes a limiter that is full: a whole burst is admitted at once.
  public convenience init(_ name: String, _ settings: RateLimiterSettings) {
    self.init(name, settings, halfFull: false, at: Instant(nanoseconds: 0))
  }

  /// Makes a limiter that is full, or has half its burst `now`.
  package init(_ name: String, _ settings: RateLimiterSettings, halfFull: Bool, at now: Instant) {
    let pace = Pace(settings)
    ownName = InstanceName(name)
    arrival = Atomic(halfFull ? Self.arrival(pace.capacity / 2, after: now) : 0)
    interval = Atomic(pace.interval)
    tolerance = Atomic(pace.tolerance)
    wait = Atomic(settings.wait?.nanoseconds ?? 0)
  }

  /// The name, as events and reports have it.
  public var name: String { ownName.text }

  /// Gives the limiter the name that it has after a reload.
  package func rename(from old: String, to new: String) { ownName.replace(old, by: new) }

  /// Admits a call, gives it the next slot to wait for, or turns it away at once when that slot would come too late.
  ///
  /// A slot that was given is not taken back, whether the caller waits for it or not. A slot at the deadline comes too late.
  package func acquire(at now: Instant, waitingAtMostUntil deadline: Instant?) -> RateLimiterEntry {
    var seen = arrival.load(ordering: .acquiring)
    while true {
      if seen == Self.changing {
        changes.withLock { _ in }
        seen = arrival.load(ordering: .acquiring)
        continue
      }
      let base = max(seen, now.nanoseconds)
      let early = (base - now.nanoseconds).subtractingSaturated(tolerance.load(ordering: .relaxed))
      let next = base.addingSaturated(interval.load(ordering: .relaxed))
      guard isSoonEnough(early, from: now, deadline), next < Self.changing else { return .limited(retryAfter: early) }
      let (exchanged, original) = arrival.weakCompareExchange(
        expected: seen, desired: next, ordering: .acquiringAndReleasing)
      if exchanged { return early == 0 ? .admitted : .wait(until: now.advanced(by: early)) }
      seen = original
    }
  }

  /// Admits a call if it need not wait; `false`, and nothing is done, when it takes more to answer.
  ///
  /// Also for an instant that is a little late: it then is as if the call had come then.
  func admitsAtOnce(at now: Instant) -> Bool {
    var seen = arrival.load(ordering: .acquiring)
    while seen != Self.changing {
      let base = max(seen, now.nanoseconds)
      let next = base.addingSaturated(interval.load(ordering: .relaxed))
      guard base - now.nanoseconds <= tolerance.load(ordering: .relaxed), next < Self.changing else { return false }
      let (exchanged, original) = arrival.weakCompareExchange(
        expected: seen, desired: next, ordering: .acquiringAndReleasing)
      if exchanged { return true }
      seen = original
    }
    return false
  }

  private func isSoonEnough(_ early: UInt64, from now: Instant, _ deadline: Instant?) -> Bool {
    guard early > 0 else { return true }
    guard early <= wait.load(ordering: .relaxed) else { return false }
    guard let deadline else { return true }
    return now.advanced(by: early) < deadline
  }

  /// Goes on under new numbers with the slots that are left, but no more than the new burst, and none for free.
  package func update(_ settings: RateLimiterSettings, at now: Instant) {
    let next = Pace(settings)
    changes.withLock { _ in
      let seen = arrival.exchange(Self.changing, ordering: .acquiringAndReleasing)
      let pace = Pace(interval: interval.load(ordering: .relaxed), tolerance: tolerance.load(ordering: .relaxed))
      let ahead = next.ahead(insteadOf: now.nanoseconds(to: Instant(nanoseconds: seen)), at: pace)
      interval.store(next.interval, ordering: .relaxed)
      tolerance.store(next.tolerance, ordering: .relaxed)
      wait.store(settings.wait?.nanoseconds ?? 0, ordering: .relaxed)
      arrival.store(Self.arrival(ahead, after: now), ordering: .releasing)
    }
  }

  private static func arrival(_ ahead: UInt64, after now: Instant) -> UInt64 {
    min(now.advanced(by: ahead).nanoseconds, changing - 1)
  }

  /// What is between two slots at the even rate, in nanoseconds, and how many are there at once after a quiet time.
  package var pace: (interval: UInt64, burst: Int) {
    let interval = max(interval.load(ordering: .relaxed), 1)
    return (interval, Int(clamping: (tolerance.load(ordering: .relaxed) / interval).addingSaturated(1)))
  }

  /// Whether nothing would be lost if this limiter were replaced by a new one.
  package func isFull(at now: Instant) -> Bool {
    arrival.load(ordering: .acquiring) <= now.nanoseconds
  }
}

// MARK: - Callers that wait for their slot

extension RateLimiter {
  /// Remembers a caller that waits for its slot, so that ``releaseWaiters()`` finds it.
  package func enlist(_ waiter: Waiter) {
    waiters.withLock { $0.add(waiter) }
  }

  /// Forgets a caller whose slot has come, or which gave up.
  package func withdraw(_ waiter: Waiter) {
    waiters.withLock { _ = $0.remove(waiter) }
  }

  /// Lets everybody who waits run: the limiter is no longer part of any policy.
  package func releaseWaiters() {
    while let waiter = waiters.withLock({ $0.takeOldest() }) { _ = waiter.grant() }
  }
}

/// A rate limiter's answer to a call that wants to run.
package enum RateLimiterEntry: Hashable, Sendable {
  case admitted
  /// The call has a slot, at that instant.
  case wait(until: Instant)
  /// It has none. The next would be in so many nanoseconds.
  case limited(retryAfter: UInt64)
}
