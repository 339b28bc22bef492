import Synchronization

/// The bulkhead places of a body that nobody waits for any more.
///
/// The call hands them over after the body was given up; the body's task leaves them when it ends. Whichever comes second
/// does the leaving, so a place is left exactly once, however the two race.
final class AbandonedPlaces: Sendable {
  private struct State {
    var places: [Bulkhead] = []
    var bodyEnded = false
  }

  private let state = Mutex(State())

  /// The call hands its places over.
  func take(_ places: [Bulkhead]) {
    let late = state.withLock { state in
      if !state.bodyEnded { state.places = places }
      return state.bodyEnded
    }
    if late { for place in places { place.leave() } }
  }

  /// The body ended.
  func bodyEnded() {
    let places = state.withLock { state in
      state.bodyEnded = true
      defer { state.places = [] }
      return state.places
    }
    for place in places { place.leave() }
  }
}
