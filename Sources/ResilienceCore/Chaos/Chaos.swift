/// Makes a share of calls fail, wait, or get a value, before anything inside is asked.
///
/// A class, so that the layers of plans without chaos stay a few words.
package final class Chaos: Sendable {
  package enum Effect: Sendable {
    /// The call fails with this class.
    case failure(class: String)
    /// Nanoseconds that the call waits before it goes on.
    case delay(UInt64)
    /// The call gets this instead of what its body would return.
    case value(StaticValue)

    /// The kind in the words of a policy file.
    package var word: String {
      switch self {
      case .failure: "fail"
      case .delay: "delay"
      case .value: "value"
      }
    }
  }

  package let effect: Effect
  private let settings: ChaosSettings
  /// The draws of a seed of its own.
  private let seeded: Chance?

  package init(_ effect: Effect, _ settings: ChaosSettings) {
    self.effect = effect
    self.settings = settings
    seeded = settings.seed.map { Chance(seed: $0) }
  }

  /// Whether a call with these labels is met. Draws only for calls that fit.
  func meets(_ labels: [String: String], by chance: Chance) -> Bool {
    if let when = settings.when, !when.fits(labels) { return false }
    return (seeded ?? chance).happens(settings.rate)
  }
}
