import Testing

@testable import ResilienceCore

@Suite("Places that threads keep for their calls")
struct KeptPlacesOfCallsTests {
  @Test("Calls begin to keep places, and go on to when other threads give them back")
  func keeps() async {
    let bulkhead = Bulkhead("search", BulkheadSettings(concurrent: 200))
    let cell = SwapCell(Plan.of([.bulkhead(bulkhead)]))
    // A thread that came too late for a seat of its own keeps nothing.
    guard makeCalls(cell) else { return }
    #expect(keeps(bulkhead))

    for _ in 0..<20 {
      let calls = (0..<150).map { _ in PassiveCall.enter(cell) }
      #expect(calls.allSatisfy(\.runsBody) && bulkhead.inUse == 150)
      await withCheckedContinuation { done in
        let thread = startThread {
          for call in calls { _ = call.leave(cell) }
          done.resume()
        }
        if thread == nil { done.resume() }
      }
      #expect(bulkhead.inUse == 0)
    }
    #expect(keeps(bulkhead))
  }

  private func keeps(_ bulkhead: Bulkhead) -> Bool { bulkhead.kept.isKept }

  /// Makes as many calls as it takes to begin; `false`, and none, on a thread that has no seat of its own.
  private func makeCalls(_ cell: SwapCell<Plan>) -> Bool {
    guard ThreadSeat.current.isOwn else { return false }
    for _ in 0..<20_000 { _ = PassiveCall.enter(cell).leave(cell) }
    return true
  }
}
