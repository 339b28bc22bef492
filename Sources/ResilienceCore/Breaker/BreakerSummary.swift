/// One word that says what most calls want to know of a breaker: its generation, its state, and what a quick success would change. It is
/// written under the lock of the machine and read without.
///
/// Bits: 0 to 2 the state, 3 steady, 4 that even the usual answer takes the machine, 5 that quick successes are counted here, 6 to 25 how many were,
/// above them the generation. A permit of a closed state has zeros in the place of these bits, so "nothing to write" is one
/// comparison of two words.
struct BreakerSummary: Hashable, Sendable {
  let word: UInt64

  private static let stateMask: UInt64 = 7
  private static let steadyFlag: UInt64 = 8
  private static let machineFlag: UInt64 = 16
  static let countingFlag: UInt64 = 32
  private static let countShift: UInt64 = 6
  private static let countMask: UInt64 = 0xF_FFFF << countShift
  private static let generationMask: UInt64 = .max << BreakerPermit.generationShift

  init(word: UInt64) { self.word = word }

  init(_ state: BreakerStateName, generation: UInt64, isSteady: Bool, needsMachine: Bool, countsSuccesses: Bool) {
    let code: UInt64 =
      switch state {
      case .closed: 0
      case .open: 1
      case .halfOpen: 2
      case .ramping: 3
      case .isolated: 4
      case .forcedOpen: 5
      case .disabled: 6
      }
    word =
      generation << BreakerPermit.generationShift | (isSteady ? Self.steadyFlag : 0)
      | (needsMachine ? Self.machineFlag : 0) | (countsSuccesses ? Self.countingFlag : 0) | code
  }

  var state: BreakerStateName {
    switch word & Self.stateMask {
    case 0: .closed
    case 1: .open
    case 2: .halfOpen
    case 3: .ramping
    case 4: .isolated
    case 5: .forcedOpen
    default: .disabled
    }
  }

  var generation: UInt64 { word >> BreakerPermit.generationShift }

  /// Whether a call has to ask the machine, whatever the state is.
  var needsMachine: Bool { word & Self.machineFlag != 0 }

  /// The word of a permit that a closed breaker gives which watches no calls; `nil` for every other.
  var passivePermit: UInt64? {
    word & (Self.stateMask | Self.machineFlag) == 0 ? word & Self.generationMask : nil
  }

  /// Whether the breaker is steady in the generation that gave this permit.
  func ignoresSuccess(of permit: borrowing BreakerPermit) -> Bool { ignoresSuccess(of: permit.word) }
  func ignoresSuccess(of permit: UInt64) -> Bool { word == permit | Self.steadyFlag }

  /// Whether the breaker is closed in the generation that gave this permit but not steady, and watches no calls.
  func countsSuccess(of permit: borrowing BreakerPermit) -> Bool { countsSuccess(of: permit.word) }
  func countsSuccess(of permit: UInt64) -> Bool { word & ~(Self.countMask | Self.countingFlag) == permit }

  /// Whether successes are counted here.
  var isCounting: Bool { word & Self.countingFlag != 0 }

  /// How many were, since the machine was told.
  var count: Int { Int(word >> Self.countShift & (Self.countMask >> Self.countShift)) }

  /// The word with one success more; `nil` when it is not counted here: the permit is of another generation, the machine wants to see it, or
  /// there is no room.
  func counting(successOf permit: UInt64) -> UInt64? {
    guard word & ~Self.countMask == permit | Self.countingFlag, word & Self.countMask != Self.countMask else {
      return nil
    }
    return word &+ (1 << Self.countShift)
  }
}
