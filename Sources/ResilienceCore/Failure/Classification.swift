/// What the classes of a policy say of one failure.
package struct Classification: Hashable, Sendable {
  /// The classes that the failure belongs to; never empty.
  package var classes: FailureClasses
  /// Every class it belongs to says that breakers do not see it.
  package var isIgnored = false
  /// A class it belongs to proves that the callee did no work.
  package var isSafeToRepeat = false
  /// The server's hint, in nanoseconds.
  package var retryAfter: UInt64?
  /// The callee says that it has too much to do.
  package var isOverload = false

  package init(
    _ classes: FailureClasses, isIgnored: Bool = false, isSafeToRepeat: Bool = false, retryAfter: UInt64? = nil,
    isOverload: Bool = false
  ) {
    self.classes = classes
    self.isIgnored = isIgnored
    self.isSafeToRepeat = isSafeToRepeat
    self.retryAfter = retryAfter
    self.isOverload = isOverload
  }

  package static let timeout = Classification(.timeout)
  package static let rejected = Classification(.rejected, isIgnored: true)

  /// How mechanisms see this failure.
  package var outcome: Outcome { isIgnored ? .ignored(classes) : .failure(classes) }
}
