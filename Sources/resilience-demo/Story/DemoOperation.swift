/// The three operations of the demo, each with its own service.
enum DemoOperation: String, CaseIterable, Sendable {
  case search = "catalog.search"
  case payments = "payments.charge"
  case profile = "profile.load"

  /// The breaker that guards it, as the policy file calls it.
  var breaker: String {
    switch self {
    case .search: "search"
    case .payments: "payments"
    case .profile: "profile"
    }
  }
}

/// How a call ended for its caller.
enum CallOutcome: CaseIterable, Hashable, Sendable {
  /// At the first attempt.
  case ok
  /// At a further attempt.
  case retried
  case fallback
  /// Turned away by a breaker.
  case rejected
  case failed
}
