/// A named class of failures: what belongs to it, and what that means.
public struct ErrorClass: Hashable, Sendable {
  public var name: String
  /// A failure that fits any of these belongs to the class, unless a class of ``except`` takes it.
  public var matchers: [FailureMatcher]
  /// Classes that win over this one.
  public var except: FailureClasses
  /// Proof that the callee did no work: may be tried again whatever the operation.
  public var safeToRepeat: Bool
  /// Whether breakers see failures of this class at all.
  public var countsForBreaker: Bool

  public init(
    name: String, matchers: [FailureMatcher], except: FailureClasses = [], safeToRepeat: Bool = false,
    countsForBreaker: Bool = true
  ) {
    self.name = name
    self.matchers = matchers
    self.except = except
    self.safeToRepeat = safeToRepeat
    self.countsForBreaker = countsForBreaker
  }
}
