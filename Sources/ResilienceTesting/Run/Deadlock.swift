public import ResilienceCore

/// A run on virtual time in which nothing can ever happen again.
public struct Deadlock: Error, Hashable, CustomStringConvertible {
  /// When time came to its end.
  public let at: Instant
  /// Who waits for what, a line each, in the order in which the waits began. A body that waits for something that is not of
  /// the run's time is here only if it has a name.
  public let waits: [String]

  init(of time: VirtualTime) {
    at = time.now
    waits =
      time.waits.map(\.description)
      + time.silentNames.map { "\($0) waits for something that is not of this time" }
  }

  public var description: String {
    let head =
      "deadlock at \(Instant(nanoseconds: 0).duration(to: at).inWords): no task is ready, no timer is armed, "
      + "and the body has not ended"
    let lines = waits.isEmpty ? ["the body waits for something that is not of this time"] : waits
    return ([head] + lines.map { "  " + $0 }).joined(separator: "\n")
  }
}
