/// What a bulkhead keeps under its mutex: who waits, and what moves the limit.
struct BulkheadQueue: Sendable {
  private(set) var settings: BulkheadSettings
  var waiters = WaiterQueue()
  /// What moves the limit; `nil` while it stands still.
  private(set) var adaptive: AdaptiveLimit?

  init(_ settings: BulkheadSettings) {
    self.settings = settings
    adaptive = settings.adaptive.map { AdaptiveLimit($0) }
  }

  var limit: Int { adaptive?.limit ?? settings.concurrent }

  /// Goes by new settings; an adaptive limit goes on from the limit in force.
  mutating func follow(_ new: BulkheadSettings, from limit: Int) {
    if let next = new.adaptive, adaptive?.update(next) == nil {
      adaptive = AdaptiveLimit(next, goingOnFrom: limit)
    }
    if new.adaptive == nil { adaptive = nil }
    settings = new
  }

  /// Lets an adaptive limit learn; answers how it moved, `nil` when it did not.
  mutating func take(_ sample: LimitSample) -> LimitChange? {
    let before = limit
    adaptive?.take(sample)
    return limit == before ? nil : LimitChange(from: before, to: limit)
  }

  mutating func takeNext() -> Waiter? {
    settings.order == .fifo ? waiters.takeOldest() : waiters.takeNewest()
  }
}
