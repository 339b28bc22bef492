/// Health checks and recoveries: known to the language, not carried out yet.
enum HealthTable {
  static let check = Section("health check", "What is asked regularly whether it is well.", 0, inherits: true) {
    Field.later(
      "probe", .anything, "what is asked: `tcp`, `http`, `exec`, `handler` or `breaker`",
      example: "{handler: cache-ping}"
    )
    Field.later("every", TextNotation.duration.shape, "how often", example: "5s")
    Field.later("timeout", TextNotation.duration.shape, "how long an answer may take", example: "500ms")
    Field.later("jitter", TextNotation.ratio.shape, "how chance spreads the asking", example: "20%")
    Field.later("degradedAbove", TextNotation.duration.shape, "a slower answer is degraded", example: "100ms")
    Field.later("unhealthyAfter", TextNotation.count.shape, "bad answers in a row", example: "3")
    Field.later("healthyAfter", TextNotation.count.shape, "good answers in a row", example: "3")
    Field.later("critical", .flag, "whether the whole is unwell with it", example: "true")
  }

  static let recovery = Section("recovery", "What is done when something stays unwell.", 0, inherits: true) {
    Field.later("when", .anything, "the condition", example: "{healthCheck: cache, is: unhealthy, for: 30s}")
    Field.later(
      "do", .list(of: .anything), "the steps, in order", example: "[{handler: cache-reconnect, timeout: 10s}]")
    Field.later("retry", .reference(.retries), "how a failed step is tried again", example: "once")
    Field.later("verify", .reference(.healthChecks), "what must be well afterwards", example: "cache")
    Field.later("cooldown", TextNotation.duration.shape, "the shortest time between two", example: "5m")
    Field.later("limit", TextNotation.rate.shape, "how many in a time", example: "3/h")
    Field.later("exhausted", .anything, "what is done when it has not helped", example: "alert")
  }
}
