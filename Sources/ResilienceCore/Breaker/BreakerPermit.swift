/// The right of one call to run, given by a breaker and given back exactly once with the call's end.
///
/// Two words: the generation of the state that admitted the call with two flags below it, and what the flags speak of: the number
/// of the probe, or the number of the call among those that are watched because they may become slow.
package struct BreakerPermit: ~Copyable, Sendable {
  let word: UInt64
  let detail: UInt64

  /// Below the generation: two bits here, 26 in ``BreakerSummary``. 38 bits are left, which is a transition each microsecond for three days.
  static let generationShift: UInt64 = 26
  private static let probeFlag: UInt64 = 1
  private static let watchedFlag: UInt64 = 2

  private init(_ generation: UInt64, _ flag: UInt64, _ detail: UInt64) {
    word = generation << Self.generationShift | flag
    self.detail = detail
  }

  init(generation: UInt64) { self.init(generation, 0, 0) }
  init(generation: UInt64, probe: UInt64) { self.init(generation, Self.probeFlag, probe) }
  init(generation: UInt64, watched number: UInt64) { self.init(generation, Self.watchedFlag, number) }

  /// Puts a permit together again from what ``stored()`` gave.
  package init(stored: (UInt64, UInt64)) { (word, detail) = stored }

  /// Takes the permit apart, for a frame that cannot hold what is not copyable.
  package consuming func stored() -> (UInt64, UInt64) { (word, detail) }

  static func generation(after generation: UInt64) -> UInt64 { (generation &+ 1) & (.max >> generationShift) }

  package var generation: UInt64 { word >> Self.generationShift }
  package var isProbe: Bool { word & Self.probeFlag != 0 }
  /// Whether the call counts as slow once it has run for too long.
  package var isWatched: Bool { word & Self.watchedFlag != 0 }
}
