/// One attempt of a call, as its report and its error tell it.
public struct AttemptRecord: Sendable, Hashable {
  /// From 1.
  public internal(set) var number: Int
  /// When it started, on the engine's monotonic clock; `nil` when that was not measured.
  ///
  /// The start of a call's first attempt is measured when its caller asks for a report, and when a layer needs it: a call that goes right at
  /// once has no use for it, and reading the clock would be a good part of what such a call costs.
  public let started: Instant?
  /// How long it took; `nil` when its start was not measured.
  public let duration: Duration?
  /// The classes of its failure; empty for a success.
  public let classes: [String]
  /// How long the call waited before the next attempt; `nil` when there was none.
  public internal(set) var delay: Duration?
  /// Why no further attempt was made; `nil` while there was one.
  public internal(set) var stop: String?
  /// Which leg of a hedge made it: 0 for the primary call, from 1 on for hedges; `nil` where none was started.
  ///
  /// The attempt of a leg that was still running when the race ended has the time until then, and the class `timeout` when a limit
  /// ended the race, else `cancelled`.
  public internal(set) var leg: Int?
}
