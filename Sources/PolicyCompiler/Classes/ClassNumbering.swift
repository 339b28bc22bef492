internal import PolicyLanguage
internal import ResilienceCore

/// Which bit stands for which error class of a file, so that a class keeps its bit from one load to the next.
///
/// A document numbers its classes in the order of the file. A live breaker and a call in flight know classes by bit, so a class
/// that moves in the file must not take another's. A new class gets a bit that no class before it had, while there are any.
struct ClassNumbering: Hashable, Sendable {
  private static let capacity = FailureClasses.capacity

  /// The bit of each class of this file, and of each that a file before this one had.
  private var bits: [String: Int] = [:]
  /// The bit of the class with each index in the file; the rest of the bits behind them. `nil` while both are the same.
  private var order: [Int]?

  init(_ names: [String], following old: ClassNumbering? = nil) {
    let names = names.prefix(Self.capacity)
    var kept: [String: Int] = [:]
    for name in names { kept[name] = old?.bits[name] }
    let own = Set(kept.values)
    let used = Set((old?.bits ?? [:]).values)
    let others = (0..<Self.capacity).filter { !own.contains($0) }
    var free = (others.filter { !used.contains($0) } + others.filter { used.contains($0) })[...]
    var order: [Int] = []
    for name in names {
      let bit = kept[name] ?? free.popFirst() ?? 0
      kept[name] = bit
      order.append(bit)
    }
    order += free
    let taken = Set(kept.values)
    bits = (old?.bits ?? [:]).filter { !taken.contains($0.value) }.merging(kept) { $1 }
    self.order = order == Array(0..<Self.capacity) ? nil : order
  }

  /// A set as a document numbers it, in these bits.
  func callAsFunction(_ set: FailureClasses) -> FailureClasses {
    guard let order else { return set }
    var result = set.intersection([.timeout, .rejected, .cancelled, .other])
    for (index, bit) in order.enumerated() where set.contains(.defined(index)) { result.insert(.defined(bit)) }
    return result
  }

  func callAsFunction(_ settings: CircuitBreakerSettings) -> CircuitBreakerSettings {
    var settings = settings
    settings.handle = self(settings.handle)
    return settings
  }

  func callAsFunction(_ definition: BreakerDefinition) -> BreakerDefinition {
    var definition = definition
    definition.settings = self(definition.settings)
    return definition
  }

  func callAsFunction(_ settings: RetrySettings) -> RetrySettings {
    var settings = settings
    settings.handle = self(settings.handle)
    return settings
  }

  func callAsFunction(_ errorClass: ErrorClass) -> ErrorClass {
    var errorClass = errorClass
    errorClass.except = self(errorClass.except)
    return errorClass
  }

  /// The classes of a document by their bits; a class that nothing belongs to stands where a bit has none.
  func callAsFunction(_ classes: [ErrorClass]) -> [ErrorClass] {
    guard let order else { return classes }
    var placed: [ErrorClass] = []
    for (errorClass, bit) in zip(classes, order) {
      while placed.count <= bit { placed.append(ErrorClass(name: "", matchers: [])) }
      placed[bit] = self(errorClass)
    }
    return placed
  }
}
