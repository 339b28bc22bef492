internal import PolicyLanguage
internal import ResilienceCore
internal import Synchronization

/// The numbers of a graph's breakers, once for all that are written alike.
///
/// What was read says as long as its document lives, and no longer, which elements are written alike: so a graph keeps them, and no
/// registry that outlives it.
final class SharedNumbers: Sendable {
  private let numbers = Mutex<[ObjectIdentifier: BreakerNumbers]>([:])
  private let numbering: ClassNumbering

  init(_ numbering: ClassNumbering) { self.numbering = numbering }

  /// The numbers of a definition of the graph's document.
  func callAsFunction(_ definition: Definition<BreakerDefinition>) -> BreakerNumbers {
    numbers.withLock { numbers in
      if let known = numbers[definition.meaning] { return known }
      let new = BreakerNumbers(numbering(definition.value.settings))
      numbers[definition.meaning] = new
      return new
    }
  }
}
