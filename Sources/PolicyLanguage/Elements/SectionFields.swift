/// The sections of a file, which overrides of an environment have as well.
extension Field<FileDraft> {
  static var errors: Field {
    section(
      .errors, .map(ErrorTable.errorClass.facts), "classes of failures",
      example: "{transient: {match: [{http: [502-504]}]}}")
  }
  static var breakers: Field {
    section(.breakers, BreakerTable.breaker.shape, "circuit breakers", example: "{database: {failures: 5, open: 60s}}")
  }
  static var retries: Field {
    section(.retries, RetryTable.retry.shape, "retries", example: "{standard: {attempts: 3, backoff: 100ms}}")
  }
  static var budgets: Field {
    section(.budgets, BudgetTable.budget.shape, "what pays for retries", example: "{shared: {ratio: 20%}}")
  }
  static var timeouts: Field {
    section(.timeouts, TimeoutTable.timeout.shape, "timeouts and deadlines", example: "{attempt: 800ms}")
  }
  static var bulkheads: Field {
    section(
      .bulkheads, BulkheadTable.bulkhead.shape, "bounds on calls at once", example: "{payments: {concurrent: 24}}")
  }
  static var rateLimiters: Field {
    section(
      .rateLimiters, RateLimiterTable.rateLimiter.shape, "bounds on calls in a time",
      example: "{partner: {rate: 100/s}}")
  }
  static var fallbacks: Field {
    section(
      .fallbacks, FallbackTable.fallback.shape, "what callers get instead of a failure",
      example: "{empty: {value: {items: []}}}")
  }
  static var pipelines: Field {
    section(
      .pipelines, Notation<[LayerDefinition]>.layers.shape, "layers, outermost first",
      example: "{read: [{deadline: 2s}, {retry: standard}]}")
  }
  /// What an environment says of pipelines.
  static var pipelineOverrides: Field {
    section(
      .pipelines, PipelineTable.overrideShape, "other layers, or other numbers of some",
      example: "{read: {tune: {deadline: 2500ms}}}")
  }
  static var operations: Field {
    section(
      .operations, OperationTable.operation.shape,
      "which operation has which layers; `*` is one segment of a name, `**`, last, any number",
      example: "{users.get: read}")
  }

  static var hedges: Field {
    section(
      .hedges, HedgeTable.hedge.shape, "calls that start while another one is slow",
      example: "{tail: {after: 120ms}}")
  }

  static var healthChecks: Field {
    section(
      .healthChecks, HealthTable.check.shape, "what is asked regularly whether it is well",
      example: "{cache: {probe: {handler: cache-ping}, every: 5s, timeout: 1s}}")
  }

  static var recoveries: Field {
    section(
      .recoveries, RecoveryTable.recovery.shape, "what is done when something stays unwell",
      example:
        "{reconnect: {when: {healthCheck: cache}, do: [{handler: reconnect, timeout: 10s}], cooldown: 5m, limit: 3/h}}")
  }

  private static func section(
    _ name: SectionName, _ each: @autoclosure @escaping @Sendable () -> Shape, _ meaning: String, example: String
  ) -> Field {
    let notation = Notation<NamedEntries>.entries(each(), named: name.singular)
    return Field(
      facts: FieldFacts(
        name: name.rawValue, shape: notation.shape, standard: "none", meaning: meaning, example: example),
      read: { layered, decoder, draft in
        guard let entries = notation.read(layered, decoder) else { return .wrong }
        draft.elements[name] = entries
        return .value
      },
      standard: { _ in nil })
  }
}
