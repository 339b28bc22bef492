/// What Dapr, Envoy, Istio, Linkerd, Polly, resilience4j and Spring call things, by the kind of map they would stand in.
///
/// From the public documentation of those programs. Keys are compared without case, `-` and `_`.
enum ForeignKeys {
  /// What a key means in a kind of map; `nil` for a key of no known program.
  static func find(_ key: String, in title: String) -> ForeignKey? { index[title]?[plain(key)] }

  private static let index: [String: [String: ForeignKey]] = tables.mapValues { keys in
    Dictionary(keys.map { (plain($0.key), $0) }) { first, _ in first }
  }

  private static func plain(_ key: String) -> String {
    key.lowercased().filter { $0 != "-" && $0 != "_" }
  }

  static let tables: [String: [ForeignKey]] = [
    "file": file, "layer": layer, "retry": retry, "backoff": backoff, "breaker": breaker, "open time": openTime,
    "half-open state": halfOpen, "budget": budget, "timeout": timeout, "bulkhead": bulkhead,
    "rate limiter": rateLimiter, "error class": errorClass, "matcher": matcher, "operation": operation,
    "fallback": fallback, "last good value": lastGood,
  ]

  private static let file = [
    ForeignKey("circuitBreakers", "Dapr", "breakers", .byHand),
    ForeignKey("circuitBreaker", "resilience4j", "breakers", .byHand),
    ForeignKey("retry", "resilience4j", "retries", .byHand),
    ForeignKey("timeout", "Istio", "timeouts", .byHand),
    ForeignKey("timelimiter", "resilience4j", "timeouts", .byHand),
    ForeignKey("bulkhead", "resilience4j", "bulkheads", .byHand),
    ForeignKey("ratelimiter", "resilience4j", "rateLimiters", .byHand),
    ForeignKey("rateLimits", "Envoy", "rateLimiters", .byHand),
    ForeignKey("policies", "Dapr", "pipelines", .byHand),
    ForeignKey("targets", "Dapr", "operations", .byHand),
    ForeignKey("apiVersion", "Dapr", "version", .byHand),
    ForeignKey("includes", "other programs", "include"),
    ForeignKey("imports", "other programs", "include"),
    ForeignKey("profiles", "Spring", "environments", .byHand),
  ]

  private static let layer = [
    ForeignKey("circuitBreaker", "Dapr", "breaker"),
    ForeignKey("rateLimiter", "resilience4j", "rateLimit"),
    ForeignKey("retries", "Istio", "retry"),
    ForeignKey("timelimiter", "resilience4j", "timeout"),
    ForeignKey("perTryTimeout", "Istio", "timeout", .milliseconds, "it stands inside the retry"),
    ForeignKey("totalTimeout", "Polly", "deadline", .seconds, "it stands outside the retry"),
    ForeignKey("attemptTimeout", "Polly", "timeout", .seconds, "it stands inside the retry"),
    ForeignKey("hedging", "Polly", "hedge", .byHand),
  ]

  private static let repeats = "repeats there do not count the first try, `attempts` here do"

  private static let retry = [
    ForeignKey("maxRetries", "Dapr", "attempts", .oneMore, repeats),
    ForeignKey("numRetries", "Envoy", "attempts", .oneMore, repeats),
    ForeignKey("retries", "other programs", "attempts", .oneMore, repeats),
    ForeignKey("maxRetryAttempts", "Polly", "attempts", .oneMore, repeats),
    ForeignKey("retryCount", "Polly", "attempts", .oneMore, repeats),
    ForeignKey("maxAttempts", "resilience4j", "attempts", .same, "both count the first try"),
    ForeignKey("waitDuration", "resilience4j", "backoff", .milliseconds),
    ForeignKey("delay", "Polly", "backoff", .seconds),
    ForeignKey("interval", "other programs", "backoff", .seconds),
    ForeignKey("duration", "Dapr", "backoff", .seconds),
    ForeignKey("retryBackOff", "Envoy", "backoff", .byHand),
    ForeignKey("baseInterval", "Envoy", "backoff.initial", .seconds),
    ForeignKey("initialInterval", "Dapr", "backoff.initial", .seconds),
    ForeignKey("maxInterval", "Dapr", "backoff.max", .seconds),
    ForeignKey("maxDelay", "Polly", "backoff.max", .seconds),
    ForeignKey("exponentialMaxWaitDuration", "resilience4j", "backoff.max", .milliseconds),
    ForeignKey("exponentialBackoffMultiplier", "resilience4j", "backoff.factor"),
    ForeignKey("multiplier", "Dapr", "backoff.factor"),
    ForeignKey("enableExponentialBackoff", "resilience4j", "backoff.factor", .byHand),
    ForeignKey(
      "policy", "Dapr", "backoff", .byHand, "constant: a duration; exponential: a map with `factor` and `max`"),
    ForeignKey("backoffType", "Polly", "backoff", .byHand, "constant: a duration; else a map with `factor` or `step`"),
    ForeignKey("randomizedWaitFactor", "resilience4j", "jitter", .fraction),
    ForeignKey("randomizationFactor", "Dapr", "jitter", .fraction),
    ForeignKey("useJitter", "Polly", "jitter", .byHand, "`full`, `equal`, `decorrelated`, `none` or a percentage"),
    ForeignKey("retryOn", "Istio", "handle", .byHand, "name error classes, which `errors` defines"),
    ForeignKey("retryExceptions", "resilience4j", "handle", .byHand, "name error classes, which `errors` defines"),
    ForeignKey("shouldHandle", "Polly", "handle", .byHand, "name error classes, which `errors` defines"),
    ForeignKey("matching", "Dapr", "handle", .byHand, "name error classes, which `errors` defines"),
    ForeignKey("retryBudget", "Envoy", "budget", .byHand),
    ForeignKey("respectRetryAfter", "other programs", "retryAfter", .byHand),
    ForeignKey("maxRetryAfter", "other programs", "retryAfter", .seconds),
  ]

  private static let backoff = [
    ForeignKey("baseInterval", "Envoy", "initial", .seconds),
    ForeignKey("initialInterval", "Dapr", "initial", .seconds),
    ForeignKey("base", "other programs", "initial", .milliseconds),
    ForeignKey("delay", "Polly", "initial", .seconds),
    ForeignKey("duration", "Dapr", "initial", .seconds),
    ForeignKey("maxInterval", "Dapr", "max", .seconds),
    ForeignKey("maxDelay", "Polly", "max", .seconds),
    ForeignKey("cap", "other programs", "max", .milliseconds),
    ForeignKey("multiplier", "Dapr", "factor"),
    ForeignKey("exponent", "other programs", "factor"),
    ForeignKey("randomizationFactor", "Dapr", "jitter", .fraction),
    ForeignKey("increment", "other programs", "step", .milliseconds),
  ]

  private static let breaker = [
    ForeignKey("failureRateThreshold", "resilience4j", "failureRate", .percent),
    ForeignKey("slowCallRateThreshold", "resilience4j", "slowRate", .percent),
    ForeignKey("slowCallDurationThreshold", "resilience4j", "slowerThan", .milliseconds),
    ForeignKey("slidingWindowSize", "resilience4j", "window", .byHand, "calls as a number, time as a duration"),
    ForeignKey("slidingWindowType", "resilience4j", "window", .byHand, "calls as a number, time as a duration"),
    ForeignKey("minimumNumberOfCalls", "resilience4j", "minimumCalls"),
    ForeignKey("waitDurationInOpenState", "resilience4j", "open", .milliseconds),
    ForeignKey("permittedNumberOfCallsInHalfOpenState", "resilience4j", "halfOpen"),
    ForeignKey("maxWaitDurationInHalfOpenState", "resilience4j", "halfOpen.lease", .milliseconds),
    ForeignKey("recordExceptions", "resilience4j", "handle", .byHand, "name error classes, which `errors` defines"),
    ForeignKey("ignoreExceptions", "resilience4j", "handle", .byHand, "give their error class `breaker: ignore`"),
    ForeignKey("failureRatio", "Polly", "failureRate", .fraction),
    ForeignKey("samplingDuration", "Polly", "window", .seconds),
    ForeignKey("minimumThroughput", "Polly", "minimumCalls"),
    ForeignKey("breakDuration", "Polly", "open", .seconds),
    ForeignKey("durationOfBreak", "Polly", "open", .seconds),
    ForeignKey("consecutive5xxErrors", "Istio", "failures"),
    ForeignKey("consecutiveGatewayErrors", "Istio", "failures"),
    ForeignKey("consecutiveErrors", "Istio", "failures"),
    ForeignKey("consecutive5xx", "Envoy", "failures"),
    ForeignKey("baseEjectionTime", "Istio", "open", .seconds),
    ForeignKey("interval", "Istio", "window", .seconds),
    ForeignKey("trip", "Dapr", "failures", .condition),
    ForeignKey("timeout", "Dapr", "open", .seconds),
    ForeignKey("maxRequests", "Dapr", "halfOpen"),
    ForeignKey("failureThreshold", "other programs", "failures"),
    ForeignKey("threshold", "other programs", "failures"),
    ForeignKey("maxFailures", "other programs", "failures"),
    ForeignKey("successThreshold", "other programs", "halfOpen.successes"),
    ForeignKey("resetTimeout", "other programs", "open", .seconds),
    ForeignKey("cooldown", "other programs", "open", .seconds),
    ForeignKey("openDuration", "other programs", "open", .seconds),
  ]

  private static let openTime = [
    ForeignKey("duration", "other programs", "for", .seconds),
    ForeignKey("initial", "other programs", "for", .seconds),
    ForeignKey("multiplier", "other programs", "factor"),
  ]

  private static let halfOpen = [
    ForeignKey("maxRequests", "Dapr", "probes"),
    ForeignKey("permittedCalls", "other programs", "probes"),
    ForeignKey("successThreshold", "other programs", "successes"),
    ForeignKey("timeout", "other programs", "lease", .seconds),
  ]

  private static let budget = [
    ForeignKey("budgetPercent", "Envoy", "ratio", .percent),
    ForeignKey("minRetryConcurrency", "Envoy", "floor", .byHand, "a floor here is a rate, such as `3/s`"),
    ForeignKey("retryRatio", "Linkerd", "ratio", .fraction),
    ForeignKey("percent", "other programs", "ratio", .percent),
    ForeignKey("minRetriesPerSecond", "Linkerd", "floor", .perSecond),
    ForeignKey("ttl", "Linkerd", "window", .seconds),
  ]

  private static let timeout = [
    ForeignKey("timeoutDuration", "resilience4j", "after", .seconds),
    ForeignKey("timeout", "Polly", "after", .seconds),
    ForeignKey("duration", "other programs", "after", .seconds),
    ForeignKey("cancelRunningFuture", "resilience4j", "mode", .byHand, "`cooperative` cancels, `observe` does not"),
    ForeignKey("timeoutStrategy", "Polly", "mode", .byHand, "optimistic: `cooperative`; pessimistic: `abandon`"),
  ]

  private static let bulkhead = [
    ForeignKey("maxConcurrentCalls", "resilience4j", "concurrent"),
    ForeignKey("maxWaitDuration", "resilience4j", "wait", .milliseconds),
    ForeignKey("queueCapacity", "resilience4j", "queue"),
    ForeignKey("maxThreadPoolSize", "resilience4j", "concurrent"),
    ForeignKey("coreThreadPoolSize", "resilience4j", "concurrent"),
    ForeignKey("permitLimit", "Polly", "concurrent"),
    ForeignKey("queueLimit", "Polly", "queue"),
    ForeignKey("maxParallelization", "Polly", "concurrent"),
    ForeignKey("maxQueuingActions", "Polly", "queue"),
    ForeignKey("queueProcessingOrder", "Polly", "order", .byHand, "oldest first: `fifo`; newest first: `lifo`"),
    ForeignKey("maxConnections", "Istio", "concurrent"),
    ForeignKey("http1MaxPendingRequests", "Istio", "queue"),
    ForeignKey("http2MaxRequests", "Istio", "concurrent"),
    ForeignKey("maxRequests", "Envoy", "concurrent"),
    ForeignKey("maxPendingRequests", "Envoy", "queue"),
    ForeignKey("maxConcurrent", "other programs", "concurrent"),
    ForeignKey("limit", "other programs", "concurrent"),
  ]

  private static let rateLimiter = [
    ForeignKey("limitForPeriod", "resilience4j", "rate", .byHand, "with its period: `100/s`"),
    ForeignKey("limitRefreshPeriod", "resilience4j", "rate", .byHand, "with its count: `100/s`"),
    ForeignKey("timeoutDuration", "resilience4j", "wait", .seconds),
    ForeignKey("permitLimit", "Polly", "rate", .byHand, "with its window: `100/s`"),
    ForeignKey("tokenLimit", "Polly", "burst"),
    ForeignKey("maxTokens", "Envoy", "burst"),
    ForeignKey("tokensPerFill", "Envoy", "rate", .byHand, "with its interval: `100/s`"),
    ForeignKey("fillInterval", "Envoy", "rate", .byHand, "with its tokens: `100/s`"),
    ForeignKey("requestsPerUnit", "Envoy", "rate", .byHand, "with its unit: `100/s`"),
    ForeignKey("requestsPerSecond", "other programs", "rate", .perSecond),
    ForeignKey("rps", "other programs", "rate", .perSecond),
    ForeignKey("capacity", "other programs", "burst"),
  ]

  private static let errorClass = [
    ForeignKey("matches", "other programs", "match", .byHand),
    ForeignKey("exclude", "other programs", "except"),
    ForeignKey("retryable", "other programs", "safeToRepeat", .byHand, "name the class in the `handle` of a retry"),
  ]

  private static let matcher = [
    ForeignKey("status", "other programs", "http", .byHand, "a list: `[502-504]`"),
    ForeignKey("statusCodes", "other programs", "http"),
    ForeignKey("httpStatusCodes", "Dapr", "http", .byHand, "a list: `[502-504]`"),
    ForeignKey("gRPCStatusCodes", "Dapr", "grpc", .byHand, "a list of names: `[UNAVAILABLE]`"),
    ForeignKey("errno", "other programs", "posix"),
    ForeignKey("exceptions", "resilience4j", "type"),
    ForeignKey("exitCode", "other programs", "exit"),
  ]

  private static let operation = [
    ForeignKey("policy", "other programs", "pipeline"),
    ForeignKey("retrySafe", "other programs", "idempotent"),
    ForeignKey("host", "Istio", "target"),
    ForeignKey("dependencies", "other programs", "calls"),
    ForeignKey("team", "other programs", "owner"),
    ForeignKey("tier", "other programs", "criticality", .byHand),
  ]

  private static let fallback = [
    ForeignKey("fallbackMethod", "resilience4j", "handler"),
    ForeignKey("method", "other programs", "handler"),
    ForeignKey("fallbackAction", "Polly", "handler"),
    ForeignKey("static", "other programs", "value"),
    ForeignKey("cache", "other programs", "lastGood", .byHand),
    ForeignKey("stale", "other programs", "lastGood", .byHand),
  ]

  private static let lastGood = [
    ForeignKey("ttl", "other programs", "maxAge", .seconds),
    ForeignKey("maxEntries", "other programs", "entries"),
    ForeignKey("size", "other programs", "entries"),
  ]
}
