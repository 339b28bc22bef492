/// Why a failed attempt was not followed by another, with the numbers that decided it.
@nonexhaustive
public enum RetryStopReason: Hashable, Sendable {
  /// The failure is not one that is tried again, or the operation must not run twice.
  case `class`
  /// All attempts are used up.
  case attempts(maximum: Int)
  /// The server asked for a longer wait than is obeyed.
  case retryAfter(asked: Duration, obeyed: Duration)
  /// The next attempt could not have begun before the deadline; so much is left until then.
  case deadline(remaining: Duration)
  /// The budget of this name is spent.
  case budget(String)

  /// The reason in one word: `class`, `attempts`, `retry-after`, `deadline` or `budget`.
  public var word: String {
    switch self {
    case .class: "class"
    case .attempts: "attempts"
    case .retryAfter: "retry-after"
    case .deadline: "deadline"
    case .budget: "budget"
    }
  }
}
