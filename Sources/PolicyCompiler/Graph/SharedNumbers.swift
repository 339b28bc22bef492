internal import PolicyLanguage
internal import ResilienceCore
internal import Synchronization

/// The numbers of a graph's breakers and retries, once for all that are written alike.
///
/// What was read says as long as its document lives, and no longer, which elements are written alike: so a graph keeps them, and no
/// registry that outlives it.
final class SharedNumbers: Sendable {
  private let breakers = Mutex<[ObjectIdentifier: BreakerNumbers]>([:])
  private let retries = Mutex<[ObjectIdentifier: RetryPolicy]>([:])
  private let numbering: ClassNumbering

  init(_ numbering: ClassNumbering) { self.numbering = numbering }

  /// The numbers of a definition of the graph's document.
  func callAsFunction(_ definition: Definition<BreakerDefinition>) -> BreakerNumbers {
    breakers.withLock { known in
      known.value(of: definition.meaning) { BreakerNumbers(numbering(definition.value.settings)) }
    }
  }

  /// The same for a retry.
  func callAsFunction(_ definition: Definition<RetryDefinition>) -> RetryPolicy {
    retries.withLock { known in
      known.value(of: definition.meaning) { RetryPolicy(numbering(definition.value.settings)) }
    }
  }
}

extension Dictionary where Key == ObjectIdentifier {
  /// What is known of `meaning`, made when nothing is.
  fileprivate mutating func value(of meaning: ObjectIdentifier, make: () -> Value) -> Value {
    if let known = self[meaning] { return known }
    let new = make()
    self[meaning] = new
    return new
  }
}
