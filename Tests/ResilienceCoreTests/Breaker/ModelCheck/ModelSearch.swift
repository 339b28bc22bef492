@testable import ResilienceCore

/// Visits every state that a model can come to, in the order of how many events it takes, and keeps the way to each.
struct ModelSearch {
  struct Visit {
    let state: ModelState
    let from: Int?
    let event: ModelState.Event?
    let depth: Int
  }

  let model: Model
  private(set) var visits: [Visit]
  private var known: Set<ModelState>

  init(_ model: Model) {
    self.model = model
    let start = ModelState(model.numbers[0])
    visits = [Visit(state: start, from: nil, event: nil, depth: 0)]
    known = [start]
  }

  /// `body` is told each step, and ends the search by answering `false`.
  mutating func run(_ body: (ModelSearch, Int, ModelState.Event, ModelState, BreakerChanges) -> Bool) {
    var next = 0
    while next < visits.count {
      let visit = visits[next]
      defer { next += 1 }
      guard visit.depth < model.depth else { continue }
      for event in visit.state.events(model) {
        var state = visit.state
        let changes = state.happen(event, model)
        guard body(self, next, event, state, changes) else { return }
        if known.insert(state).inserted {
          visits.append(Visit(state: state, from: next, event: event, depth: visit.depth + 1))
        }
      }
    }
  }

  /// The events that lead to a visit, for whoever wants to play them again.
  func way(to index: Int) -> [ModelState.Event] {
    guard visits.indices.contains(index), let event = visits[index].event, let from = visits[index].from else {
      return []
    }
    return way(to: from) + [event]
  }
}
