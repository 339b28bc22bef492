/// One word that says what most calls want to know of a breaker: its generation, its state, and whether a quick success would change
/// anything. It is written under the lock of the machine and read without.
///
/// Bits: 0 and 1 the state, 2 steady, above them the generation. A permit of a closed state has zeros in the place of these three
/// bits, so "nothing to write" is one comparison of two words.
struct BreakerSummary: Hashable, Sendable {
  let word: UInt64

  private static let stateMask: UInt64 = 3
  private static let steadyFlag: UInt64 = 4

  init(word: UInt64) { self.word = word }

  init(_ state: BreakerStateName, generation: UInt64, isSteady: Bool) {
    let code: UInt64 =
      switch state {
      case .closed: 0
      case .open: 1
      case .halfOpen: 2
      case .isolated: 3
      }
    word = generation << BreakerPermit.generationShift | (isSteady ? Self.steadyFlag : 0) | code
  }

  var state: BreakerStateName {
    switch word & Self.stateMask {
    case 0: .closed
    case 1: .open
    case 2: .halfOpen
    default: .isolated
    }
  }

  var generation: UInt64 { word >> BreakerPermit.generationShift }

  /// The word of a permit that a closed breaker gives; `nil` in every other state.
  var passivePermit: UInt64? { word & Self.stateMask == 0 ? word & ~Self.steadyFlag : nil }

  /// Whether the breaker is steady in the generation that gave this permit, and the call is in no window yet.
  func ignoresSuccess(of permit: borrowing BreakerPermit) -> Bool { ignoresSuccess(of: permit.word) }
  func ignoresSuccess(of permit: UInt64) -> Bool { word == permit | Self.steadyFlag }

  /// Whether the breaker is closed in the generation that gave this permit but not steady, and the call is in no window yet.
  func countsSuccess(of permit: borrowing BreakerPermit) -> Bool { countsSuccess(of: permit.word) }
  func countsSuccess(of permit: UInt64) -> Bool { word == permit }
}
