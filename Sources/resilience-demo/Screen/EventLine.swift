import Resilience

/// A decision of the engine in words.
struct EventLine {
  let texts: [String]
  let colour: Screen.Colour
  /// The kind of a decision that is made again and again; `nil` for one that is always worth a line.
  let repeats: String?

  /// - Returns: `nil` for a decision that this demo does not show.
  init?(_ event: ResilienceEvent) {
    switch event.kind {
    case .breaker(.opened(_, let cause, let openTime)):
      let time = Duration.nanoseconds(Int64(clamping: openTime))
      self.init("breaker \(event.name) opened for \(Seconds.show(time)) s: \(cause.inWords)", .red)
    case .breaker(.halfOpened):
      self.init("breaker \(event.name) is half-open: a few calls may try", .yellow)
    case .breaker(.closed):
      self.init("breaker \(event.name) closed: the service is back", .green)
    case .retryScheduled(let attempt, let maximum, _, let classes):
      let reason = classes.joined(separator: ", ")
      self.init(
        "\(event.operation) tries again after `\(reason)` (\(attempt) of \(maximum))", .yellow, repeats: "retry")
    case .timedOut(let after, _):
      self.init("\(event.operation) timed out after \(Seconds.show(after)) s", .red, repeats: "timeout")
    case .rejected(let reason, _):
      self.init("\(event.operation) is turned away: \(reason)", .red, repeats: "rejected")
    case .bulkheadFull, .rateLimited:
      self.init("\(event.operation) is turned away: \(event.sentence)", .red, repeats: "rejected")
    case .fallbackServed(let kind, _):
      self.init("\(event.operation) is served by fallback \(event.name) (\(kind))", .yellow, repeats: "fallback")
    case .reloadApplied(let summary):
      self.init(lines: "new file in force: \(summary)", .green)
    case .reloadRejected(let reason):
      self.init(lines: "new file refused, the old one stays in force:\n\(reason)", .red)
    default: return nil
    }
  }

  private init(_ text: String, _ colour: Screen.Colour, repeats: String? = nil) {
    texts = [text]
    self.colour = colour
    self.repeats = repeats
  }

  private init(lines: String, _ colour: Screen.Colour) {
    texts = lines.split(separator: "\n").map(String.init)
    self.colour = colour
    repeats = nil
  }
}
