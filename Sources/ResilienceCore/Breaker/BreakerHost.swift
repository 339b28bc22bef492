import Synchronization

/// What breakers take from the engine or the program that they are part of; all of its breakers share one.
package final class BreakerHost: Sendable {
  package let chance: Chance
  /// The clock for what people ask of a breaker; `nil` where whoever asks brings the instant.
  package let time: TimeSource?
  private let observer: EventObserver?
  private let generation = Atomic<UInt64>(0)

  package init(chance: Chance, time: TimeSource? = nil, observer: EventObserver? = nil) {
    self.chance = chance
    self.time = time
    self.observer = observer
  }

  /// For breakers that are made in code.
  static let program = BreakerHost(chance: Chance(), time: .system)

  /// Which load of the file is in force, for events.
  package func begin(generation: UInt64) { self.generation.store(generation, ordering: .relaxed) }

  /// The present; the clock's origin, when nothing can be overdue, without a clock.
  var now: Instant { time?.now ?? Instant(nanoseconds: 0) }

  /// Tells the observer what no call of an operation can tell. Never called with a lock held.
  func tell(_ changes: BreakerChanges, of breaker: String) {
    guard let observer else { return }
    for change in changes {
      observer(
        ResilienceEvent(
          change.event, operation: "", layer: .breaker, name: breaker, location: nil,
          generation: generation.load(ordering: .relaxed), at: change.instant))
    }
  }
}

extension DatedChange {
  /// The event that tells of it.
  package var event: ResilienceEvent.Kind { isShadow ? .shadow(.breaker(change)) : .breaker(change) }
}
