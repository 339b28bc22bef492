/// For people, and for the programs that they use.
extension CircuitBreaker {
  /// Turns every call away until ``close()`` or ``reset()``, whatever the mode is. A reload leaves it so.
  ///
  /// In force before this returns, for calls of all threads; calls that run are not touched, and their ends count for nothing.
  public func isolate() { host.tell(isolate(at: host.now), of: name) }

  /// Goes from any state to closed, with nothing remembered. A breaker that its settings force open or disable goes back to that.
  public func close() { host.tell(close(at: host.now), of: name) }

  /// Forgets the window, the run of failures and how far the open time had grown, and closes.
  public func reset() { host.tell(reset(at: host.now), of: name) }

  /// Everything at this moment.
  public func snapshot() -> BreakerSnapshot { state(at: host.now) }

  /// Tells the observer of the engine, if there is one. Not with a lock held.
  package func tell(_ changes: BreakerChanges) { host.tell(changes, of: name) }

  package func isolate(at now: Instant) -> BreakerChanges {
    change { $0.isolate(at: now, chance: host.chance) }
  }

  package func close(at now: Instant) -> BreakerChanges {
    change { $0.close(at: now, chance: host.chance) }
  }

  /// Turns every call away until ``release(by:at:)``, or until somebody closes the breaker by hand.
  package func hold(by holder: String, at now: Instant) -> BreakerChanges {
    change { $0.hold(by: holder, at: now, chance: host.chance) }
  }

  /// Takes back what ``hold(by:at:)`` did. When nobody else keeps calls away, the next call is a probe.
  package func release(by holder: String, at now: Instant) -> BreakerChanges {
    change { $0.release(by: holder, at: now, chance: host.chance) }
  }

  // Closing keeps nothing, so there is nothing more to forget.
  package func reset(at now: Instant) -> BreakerChanges { close(at: now) }
}

/// Looking at it at an instant.
extension CircuitBreaker {
  /// Everything at one moment. What had come due is told to the host.
  package func state(at now: Instant) -> BreakerSnapshot {
    let (changes, snapshot) = change { machine in
      (machine.catchUp(through: now, chance: host.chance), machine.snapshot(at: now))
    }
    host.tell(changes, of: name)
    return snapshot
  }

  /// Whether calls can become slow while they run, under the present settings.
  package var watchesCalls: Bool { read { $0.numbers.slowerThan != nil } }

  /// When the next running call becomes slow, if it still runs then; `nil` when none can.
  package var nextMark: Instant? { read { $0.nextMark } }

  /// Counts the calls that became slow up to `now`, and says what that changed, at the instants when it did.
  ///
  /// Whoever asks the breaker anything gets the same answer with and without this.
  package func catchUp(at now: Instant) -> BreakerChanges {
    change { $0.catchUp(through: now, chance: host.chance) }
  }

  /// How much would be lost with it. Takes its mutex and no other lock.
  package func retention(at now: Instant) -> Retention { change { $0.retention(at: now) } }

  /// What a breaker in its place would have to begin with.
  package var standing: BreakerStanding? { change { $0.standing } }
}

/// A reload.
extension CircuitBreaker {
  /// Goes on under new settings: state, growth and the beginning of an open time stay, and the next result is judged by them.
  package func update(_ numbers: BreakerNumbers, at now: Instant) -> BreakerChanges {
    change { $0.update(numbers, at: now, chance: host.chance) }
  }

  @discardableResult
  package func update(_ settings: CircuitBreakerSettings, at now: Instant) -> BreakerChanges {
    update(BreakerNumbers(settings), at: now)
  }
}
