/// The right of one call to run, given by a breaker and given back exactly once with the call's end.
///
/// Two words: the generation of the state that admitted the call with two flags below it, and what the flags speak of: the number
/// of the probe, or the place of the call's record in the window.
package struct BreakerPermit: ~Copyable, Sendable {
  private(set) var word: UInt64
  private(set) var detail: UInt64

  /// Below the generation: two bits here, three in ``BreakerSummary``.
  static let generationShift: UInt64 = 3
  private static let probeFlag: UInt64 = 1
  private static let markFlag: UInt64 = 2

  init(generation: UInt64) {
    word = generation << Self.generationShift
    detail = 0
  }

  init(generation: UInt64, probe: UInt64) {
    word = generation << Self.generationShift | Self.probeFlag
    detail = probe
  }

  /// Puts a permit together again from what ``stored()`` gave.
  package init(stored: (UInt64, UInt64)) { (word, detail) = stored }

  /// Takes the permit apart, for a frame that cannot hold what is not copyable.
  package consuming func stored() -> (UInt64, UInt64) { (word, detail) }

  package var generation: UInt64 { word >> Self.generationShift }
  package var isProbe: Bool { word & Self.probeFlag != 0 }
  /// Whether the call is in the window already, as a slow one.
  package var isMarked: Bool { word & Self.markFlag != 0 }

  /// Notes where in the window of `generation` the call stands.
  mutating func mark(_ record: UInt64, generation: UInt64) {
    word = generation << Self.generationShift | Self.markFlag
    detail = record
  }
}
