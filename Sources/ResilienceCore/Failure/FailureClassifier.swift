import Synchronization

/// Finds the classes of a failure.
///
/// An error that says nothing of itself is known by its type alone, so its answer is kept by type: finding it again is one
/// look-up. An error that conforms to ``FailureDescribing`` is asked each time, because its facts differ from throw to throw.
package final class FailureClassifier: Sendable {
  private struct KnownType {
    let name: String
    /// The answer for every error of this type, or `nil` when each of its errors is asked.
    let answer: Classification?
  }

  private let classes: [ErrorClass]
  private let describe: (@Sendable (any Error) -> FailureFacts?)?
  private let knownTypes = Mutex<[ObjectIdentifier: KnownType]>([:])

  /// - Parameter describe: Says the facts of errors that do not say them themselves; it is asked for every such error.
  package init(_ classes: [ErrorClass] = [], describe: (@Sendable (any Error) -> FailureFacts?)? = nil) {
    self.classes = Array(classes.prefix(FailureClasses.capacity))
    self.describe = describe
  }

  /// The names of a set's classes, built-in ones first, for people to read.
  package func names(of set: FailureClasses) -> [String] {
    var names: [String] = []
    for (builtIn, name) in Self.builtInNames where set.contains(builtIn) { names.append(name) }
    for index in classes.indices where set.contains(.defined(index)) { names.append(classes[index].name) }
    return names
  }

  private static let builtInNames: [(FailureClasses, String)] = [
    (.timeout, "timeout"), (.rejected, "rejected"), (.cancelled, "cancelled"), (.other, "other"),
  ]

  /// The classes of a thrown error. Never called under a lock: it may run the error's own code.
  package func classify(_ error: any Error) -> Classification {
    if let failure = error as? ResilienceError { return failure.classification }
    let key = ObjectIdentifier(type(of: error))
    if key == ObjectIdentifier(InjectedFailure.self), let failure = error as? InjectedFailure {
      return classification(ofClass: failure.failureClass)
    }
    if let known = knownTypes.withLock({ $0[key] }) {
      return known.answer ?? classify(facts(of: error), type: known.name)
    }
    let name = String(reflecting: type(of: error))
    if describe != nil || error is any FailureDescribing {
      knownTypes.withLock { $0[key] = KnownType(name: name, answer: nil) }
      return classify(facts(of: error), type: name)
    }
    let answer = classify(nil, type: name)
    knownTypes.withLock { $0[key] = KnownType(name: name, answer: answer) }
    return answer
  }

  /// What a failure of one class is, by the class's name; a name that is not known belongs to no class.
  package func classification(ofClass name: String) -> Classification {
    if name == "timeout" { return .timeout }
    guard let index = classes.firstIndex(where: { $0.name == name }) else { return Classification(.other) }
    return classification(of: .defined(index), FailureFacts())
  }

  private func facts(of error: any Error) -> FailureFacts? {
    if let describing = error as? any FailureDescribing { return describing.failureFacts }
    return describe?(error)
  }

  /// The classes of a failure with these facts; `type` is the Swift type's name with its module.
  package func classify(_ facts: FailureFacts?, type: String?) -> Classification {
    let facts = facts ?? FailureFacts()
    var matching: FailureClasses = []
    for (index, candidate) in classes.enumerated()
    where candidate.matchers.contains(where: { $0.matches(facts, type: type) }) {
      matching.insert(.defined(index))
    }
    return classification(of: members(among: matching), facts)
  }

  /// The matching classes less those that another matching class wins over.
  private func members(among matching: FailureClasses) -> FailureClasses {
    var members = matching
    for (index, candidate) in classes.enumerated() where !candidate.except.isDisjoint(with: matching) {
      members.remove(.defined(index))
    }
    return members
  }

  private func classification(of members: FailureClasses, _ facts: FailureFacts) -> Classification {
    let retryAfter = facts.retryAfter?.nanoseconds
    guard !members.isEmpty else {
      return Classification(.other, retryAfter: retryAfter, isOverload: facts.tellsOverload)
    }
    let belonging = classes.enumerated().filter { members.contains(.defined($0.offset)) }.map(\.element)
    return Classification(
      members, isIgnored: !belonging.contains(where: \.countsForBreaker),
      isSafeToRepeat: belonging.contains(where: \.safeToRepeat), retryAfter: retryAfter,
      isOverload: facts.tellsOverload)
  }
}
