import Synchronization

/// The one source of chance in an engine: jitter and draws come from here and nowhere else.
///
/// SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014): the state moves by a constant,
/// so one atomic addition is a draw and threads never wait for each other. The same seed gives the same sequence.
package final class Chance: Sendable {
  private let state: Atomic<UInt64>
  /// What every draw is made from, in a source without chance.
  private let constant: UInt64?

  package init(seed: UInt64) {
    state = Atomic(seed)
    constant = nil
  }

  private init(constant: UInt64) {
    state = Atomic(0)
    self.constant = constant
  }

  /// A source whose every draw is the largest there is: jitter takes off all that it can, so every wait is the shortest.
  package static var largest: Chance { Chance(constant: .max) }
  /// A source whose every draw is the smallest there is: jitter takes nothing off, so every wait is the longest.
  package static var smallest: Chance { Chance(constant: 0) }

  /// A source with a seed of the system's choosing.
  package convenience init() {
    var system = SystemRandomNumberGenerator()
    self.init(seed: system.next())
  }

  /// Sixty-four fair bits.
  package func next() -> UInt64 {
    if let constant { return constant }
    var z = state.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A whole number from `range`, both ends included.
  package func draw(_ range: ClosedRange<UInt64>) -> UInt64 {
    let width = range.upperBound - range.lowerBound
    guard width < .max else { return next() }
    return range.lowerBound + next().multipliedFullWidth(by: width + 1).high
  }

  /// Whether an event of this probability happens.
  package func happens(_ probability: Ratio) -> Bool {
    draw(1...1_000_000) <= UInt64(probability.partsPerMillion)
  }
}
