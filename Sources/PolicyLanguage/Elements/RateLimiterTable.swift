internal import ResilienceCore

/// A rate limiter while it is read.
struct RateLimiterDraft: Sendable {
  var settings = RateLimiterSettings(rate: Rate(1, per: .seconds(1)))
  var scope = InstanceScope.shared
}

enum RateLimiterTable {
  static let rateLimiter = Section(
    "rate limiter", "How many calls are admitted in a time.", RateLimiterDraft(), inherits: true, keepsState: true
  ) {
    Field("rate", .rate, to: \.settings.rate, mandatory: true, "calls admitted in the long run", example: "100/s")
    Field("burst", .count, to: \.settings.burst, "calls admitted at once after a quiet time", example: "20")
    Field("wait", .patience, to: \.settings.wait, "how long a caller waits at most for its turn", example: "50ms")
    Field("scope", .scope, to: \.scope, "whose calls share the rate", example: "{key: tenant}")
  }
}

extension Notation<RateLimiterDefinition> {
  static var rateLimiter: Notation {
    .map(RateLimiterTable.rateLimiter) { filled, _ in
      RateLimiterDefinition(settings: filled.draft.settings, scope: filled.draft.scope)
    }
  }
}

extension TextNotation<Duration?> {
  /// A duration, or `none`.
  static var patience: TextNotation { TextNotation<Duration>.duration.or("none", "no waiting") }
}
