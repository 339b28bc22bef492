internal import LocatedYAML
internal import ResilienceCore

extension Notation<FailureClasses> {
  /// The failures that a mechanism handles: a list of classes, or `all`.
  static var handled: Notation { errorClasses(orAll: true) }

  /// A list of error classes, declared or built in.
  static func errorClasses(orAll: Bool) -> Notation {
    Notation(
      orAll ? .either([.errorClasses, .words([BuiltInClass.all])]) : .errorClasses,
      read: { layered, decoder in decoder.errorClasses(layered, orAll: orAll) },
      show: { $0 == .all ? BuiltInClass.all.text : nil }, same: { $0 == $1 })
  }
}

/// The error classes that every file has.
enum BuiltInClass {
  static let all = Word("all", "every class but `rejected` and `cancelled`")
  static let shape = TextShape("error class", examples: ["transient", "timeout"], pattern: nil)

  static let classes: [(word: Word, value: FailureClasses)] = [
    (Word("timeout", "a deadline or timeout of this engine fired"), .timeout),
    (Word("rejected", "a breaker was open, a bulkhead full, a rate reached, a budget spent"), .rejected),
    (Word("cancelled", "the caller was cancelled"), .cancelled),
    (Word("other", "no class matched"), .other),
  ]

  /// The classes behind a name that no file defines.
  static func named(_ name: String) -> FailureClasses? { classes.first { $0.word.text == name }?.value }

  static func isReserved(_ name: String) -> Bool { name == all.text || named(name) != nil }
}

extension PolicyDecoder {
  /// The classes that a list names.
  func errorClasses(_ layered: Layered, orAll: Bool) -> FailureClasses? {
    if orAll, layered.node.hasText(BuiltInClass.all.text) {
      consume(layered.node)
      return .all
    }
    let sets = list(layered, of: .text(BuiltInClass.shape), atLeastOne: orAll) {
      errorClass($0.resolved, orAll: orAll)
    }
    return sets?.reduce(into: FailureClasses()) { $0.formUnion($1) }
  }

  /// The class, or for `all` the classes, that an item of a list names.
  func errorClass(_ node: Node, orAll: Bool) -> FailureClasses? {
    guard node.kind == .scalar, !isEmpty(node) else {
      wrongKind(node, expected: .text(BuiltInClass.shape))
      return nil
    }
    let name = node.text
    if let index = catalogue.sections[.errors].position(of: name) {
      consume(node)
      used.insert(index, in: .errors)
      return .defined(min(index, FailureClasses.capacity - 1))
    }
    if let builtIn = orAll && name == BuiltInClass.all.text ? .all : BuiltInClass.named(name) {
      consume(node)
      if builtIn == .other { handlesOther = true }
      return builtIn
    }
    undefined(name, in: .errors, at: node)
    return nil
  }
}
