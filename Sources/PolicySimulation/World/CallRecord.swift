internal import ResilienceCore

/// One call that has begun and not ended: its machine, and what it waits for.
struct CallRecord: ~Copyable {
  enum Stage {
    /// Between two answers of its machine.
    case deciding
    case body
    /// For an instant.
    case waiting
    /// For a place, or a slot, or an instant.
    case queued(Waiter)
    /// For the operation that stands in for it.
    case standIn
    /// For the legs of its hedge, or an instant.
    case racing
  }

  var call: Call
  /// From 1.
  let number: Int
  let began: UInt64
  /// Which of the world's graphs it began under.
  let graph: Int
  var stage = Stage.deciding
  var body = RunningBody()
  /// Whether the decisions that come now follow from an attempt that failed.
  var followsFailure = false
  /// The call that this one stands in for; `nil` for a call of its own.
  let standsInFor: UInt32?
  /// The call that stands in for this one.
  var standIn: UInt32?
  /// The race that this call is a leg of; `nil` for other calls.
  let race: RaceOfLeg?
  /// Why nobody waits for this leg any more.
  var left: HedgeSettlement.Reason?
  /// What is owed when this leg and others that were left with it have ended.
  var debt: LegDebt?
  /// The legs of this call that run, by their numbers.
  var legs: [Int: UInt32] = [:]
  /// The number of the last attempt, those of all legs of the call counted in their order.
  var attempt = 0
  /// Nothing is told of it.
  let isQuiet: Bool

  init(
    _ call: consuming Call, number: Int, began: UInt64, graph: Int, standsInFor: UInt32? = nil, race: RaceOfLeg? = nil,
    isQuiet: Bool = false
  ) {
    self.call = call
    self.number = number
    self.began = began
    self.graph = graph
    self.standsInFor = standsInFor
    self.race = race
    self.isQuiet = isQuiet
  }
}

/// A body that runs: when it ends by itself and how, and when a limit ends it.
struct RunningBody {
  var endsAt = UInt64.max
  var end = CalleeAttempt.End.never
  var limitAt = UInt64.max
  var isAbandoned = false
  /// The earliest limit, those that only observe included.
  var toldAt = UInt64.max
}

/// Where a leg belongs.
struct RaceOfLeg {
  /// The slot of the call that races.
  let slot: UInt32
  let leg: Int
}

/// Places of bulkheads that go home with the last of some legs.
final class LegDebt {
  private var legs: Int
  private let places: [Bulkhead]

  init(legs: Int, places: [Bulkhead]) {
    self.legs = legs
    self.places = places
  }

  func legEnded() {
    legs -= 1
    if legs == 0 { for place in places { place.leave() } }
  }
}
