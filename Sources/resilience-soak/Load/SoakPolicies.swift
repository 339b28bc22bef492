/// The policies of a soak: each round has other numbers, and some rounds have mistakes.
enum SoakPolicies {
  /// Whether the file of a round is one that must be refused.
  static func isBroken(_ round: Int) -> Bool { round % 7 == 3 }

  static func text(_ round: Int) -> String {
    let failures = 5 + round % 3
    let places = isBroken(round) ? "many" : "\(6 + round % 5)"
    return """
      version: 1

      errors:
        unavailable: {match: [{http: [5xx]}]}
        caller: {match: [{http: [4xx]}], breaker: ignore}

      budgets:
        shared: {ratio: 50%, floor: 20/s, window: 5s}

      retries:
        standard: {attempts: 3, backoff: {initial: 2ms, factor: 2, max: 20ms}, handle: [unavailable, timeout], budget: shared}

      breakers:
        counters: {failures: 5, open: 100ms, halfOpen: 1}
        database: {failures: \(failures), open: {for: 200ms, factor: 2, max: 1s, jitter: 20%}, halfOpen: 2}
        search: {window: 1s, minimumCalls: 10, failureRate: 50%, slowRate: 80%, slowerThan: 40ms, open: 300ms, halfOpen: 3}
        payments: {window: 50, minimumCalls: 10, failureRate: 40%, open: 250ms, halfOpen: {probes: 2, successes: 3, lease: 150ms}}
        partner: {failures: 4, open: {for: 100ms, factor: 2, max: 500ms}, halfOpen: {probes: 1, ramp: [20%, 60%]}, scope: {key: tenant}}

      bulkheads:
        search: {concurrent: \(places), queue: 20, wait: 10ms}
        payments: {concurrent: 8, scope: {key: tenant}}
        partner: {adaptive: {min: 2, max: 40, algorithm: gradient}}

      rateLimiters:
        tenants: {rate: \(400 + round % 100)/s, burst: 40, wait: 5ms, scope: {key: tenant}}

      fallbacks:
        nothing: {value: 0}
        last: {lastGood: {maxAge: 10s, key: user, entries: 1000}}

      hedges:
        tail: {after: \(8 + round % 5)ms, extra: 1, budget: shared}

      healthChecks:
        database: {probe: {handler: database}, every: 100ms, timeout: 50ms, unhealthyAfter: 2, healthyAfter: 2, gates: [counters, partner]}
        partners: {probe: {breaker: partner}, every: 200ms, timeout: 50ms, critical: false}

      recoveries:
        reconnect:
          when: {healthCheck: database, is: unhealthy, for: 200ms}
          do: [{handler: reconnect, timeout: 50ms}]
          cooldown: 1s
          limit: 100/m
        calm:
          when: {breaker: partner, is: open, for: 300ms}
          do: [{handler: reconnect, timeout: 50ms}]
          cooldown: 1s
          limit: 100/m

      operations:
        users.get:
          idempotent: true
          layers: [{fallback: [last, nothing]}, {deadline: 100ms}, {retry: standard}, {breaker: database}, {timeout: 30ms}]
        search.query:
          idempotent: true
          layers: [{deadline: 150ms}, {rateLimit: tenants}, {bulkhead: search}, {retry: standard}, {breaker: search}, {timeout: 50ms}]
        payments.charge:
          idempotent: true
          layers: [{bulkhead: payments}, {breaker: payments}, {timeout: {after: 25ms, mode: abandon}}]
        partner.ask:
          idempotent: true
          layers: [{deadline: 80ms}, {bulkhead: partner}, {retry: standard}, {hedge: tail}, {breaker: partner}, {timeout: 30ms}]
        counters.read:
          idempotent: true
          layers: [{retry: standard}, {breaker: counters}]
      """
  }
}
