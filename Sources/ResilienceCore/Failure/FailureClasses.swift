/// A set of error classes, one bit each: the classes that one failure belongs to, or the classes that a mechanism handles.
///
/// The four built-in classes have fixed bits; the classes of a policy file take the others in the order of the file.
public struct FailureClasses: OptionSet, Hashable, Sendable {
  public let rawValue: UInt64
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// A deadline or timeout of an engine fired.
  public static let timeout = FailureClasses(rawValue: 1 << 0)
  /// A breaker was open, a bulkhead full, a limiter's rate reached.
  public static let rejected = FailureClasses(rawValue: 1 << 1)
  /// The caller was cancelled.
  public static let cancelled = FailureClasses(rawValue: 1 << 2)
  /// No class matched.
  public static let other = FailureClasses(rawValue: 1 << 3)
  /// What the word `all` means in `handle`: every class but ``rejected`` and ``cancelled``.
  public static let all: FailureClasses = everything.subtracting([.rejected, .cancelled])
  /// Every class.
  public static let everything = FailureClasses(rawValue: .max)

  /// How many classes a file can define.
  package static let capacity = 60
  /// The class that a file defines as its `index`-th (from 0, below ``capacity``).
  package static func defined(_ index: Int) -> FailureClasses { FailureClasses(rawValue: 1 << UInt64(index + 4)) }
}
