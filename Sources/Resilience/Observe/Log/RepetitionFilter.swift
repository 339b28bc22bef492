internal import ResilienceCore

/// Keeps a flood of equal events down to one line a second.
///
/// Events of single calls are equal when they have the same kind, operation, layer, reason and attempt. The first is written; those
/// that follow within a second are held back, and at the end of the second one line stands for them, with the newest
/// one's numbers and their count; and so on for every second until one passes without any. Told instants, it reads no clock.
struct RepetitionFilter {
  /// How long equal events are held back, in nanoseconds.
  static let period: UInt64 = 1_000_000_000
  /// How many different events can be held back at once.
  static let capacity = 1_024

  enum Verdict: Hashable {
    case write
    case hold
    /// Too many different events repeat themselves: this one is only counted.
    case lose
  }

  private struct Key: Hashable {
    let name: EventName
    let operation: String
    let layer: LayerKind
    let layerName: String
    let reason: String?
    let attempt: Int?

    init(_ event: ResilienceEvent) {
      name = event.kind.name
      operation = event.operation
      layer = event.layer
      layerName = event.name
      reason = event.kind.reason
      attempt = event.kind.attempt
    }
  }

  private var newest: [Key: LogEntry] = [:]
  /// One for each key in `newest`, in the order in which they end.
  private var seconds = BoundedQueue<(end: Instant, key: Key)>(capacity: capacity)

  /// When the first of the seconds ends.
  var nextEnd: Instant? { seconds.oldest?.end }

  /// Takes an event. What ended before it is taken out first, with ``popEnded(by:)``.
  mutating func take(_ entry: LogEntry, at now: Instant) -> Verdict {
    guard entry.event.kind.name.isPerCall else { return .write }
    let key = Key(entry.event)
    if let held = newest[key]?.repeated {
      newest[key] = entry
      newest[key]?.repeated = held.addingReportingOverflow(1).partialValue
      return .hold
    }
    guard seconds.count < Self.capacity else { return .lose }
    begin(key, entry, at: now)
    return .write
  }

  /// The line for a second that has ended by `now` and in which something was held back; `nil` when there is no other. All
  /// seconds have ended by the end of time, and none begins then.
  mutating func popEnded(by now: Instant) -> LogEntry? {
    while let second = seconds.oldest, second.end <= now {
      _ = seconds.popFirst()
      guard let entry = newest.removeValue(forKey: second.key), entry.repeated > 0 else { continue }
      if now < .distantFuture { begin(second.key, entry, at: now) }
      return entry
    }
    return nil
  }

  private mutating func begin(_ key: Key, _ entry: LogEntry, at now: Instant) {
    newest[key] = entry
    newest[key]?.repeated = 0
    seconds.append((now.advanced(by: Self.period), key))
  }
}
