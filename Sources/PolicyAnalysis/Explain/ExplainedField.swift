import LocatedYAML
import PolicyLanguage
import ResilienceCore

/// One number of a policy: what it is, where it stands, and who wrote it there.
struct ExplainedField {
  let name: String
  let value: String
  /// `policies.yaml:5:24 (environment staging)`, `preset.standard`, `default`.
  let place: String

  init<Value>(_ name: String, _ value: String, of element: Definition<Value>, in document: PolicyDocument) {
    self.name = name
    self.value = value
    place = document.origin(of: name, in: element)
  }
}

extension PolicyDocument {
  /// Where a field stands and why that place won.
  func origin<Value>(of field: String, in element: Definition<Value>) -> String {
    guard let location = element.origins[field], !isShortForm(field, element) else { return "default" }
    let note = element.origins.note(for: field)
    guard sources.contains(where: { $0 === location.source }) else { return note ?? "built in" }
    return location.description + (note.map { " (\($0))" } ?? "")
  }
}

extension PolicyDocument {
  /// Whether the field stands only in a short form that does not say it, as the mode of a timeout does in `2s`.
  private func isShortForm<Value>(_ field: String, _ element: Definition<Value>) -> Bool {
    if field == "mode", let place = element.origins[field] {
      let text = place.source.text(place.span)
      return !TimeoutSettings.Mode.allCases.contains { text.contains($0.rawValue) }
    }
    let silent = ["halfOpen.lease": "halfOpen.probes", "idempotent": "pipeline"]
    return silent[field].map { element.origins[$0] == element.origins[field] } ?? false
  }
}

extension LayerDefinition {
  /// Its numbers, those that matter.
  func fields(in document: PolicyDocument) -> [ExplainedField] {
    switch element {
    case .deadline(let limit), .timeout(let limit):
      return [
        ExplainedField("after", limit.value.after.inWords, of: limit, in: document),
        ExplainedField("mode", limit.value.mode.rawValue, of: limit, in: document),
      ]
    case .retry(let retry): return retry.fields(in: document)
    case .breaker(let breaker): return breaker.fields(in: document) + document.gates(of: breaker.name)
    case .bulkhead(let bulkhead): return bulkhead.fields(in: document)
    case .rateLimit(let limiter): return limiter.fields(in: document)
    case .fallback(let chain): return chain.flatMap { $0.fields(in: document) }
    case .hedge(let hedge): return hedge.fields(in: document)
    case .chaos(let chaos): return chaos.fields(in: document)
    }
  }
}

extension Definition<RetryDefinition> {
  fileprivate func fields(in document: PolicyDocument) -> [ExplainedField] {
    let settings = value.settings
    func field(_ name: String, _ value: String) -> ExplainedField {
      ExplainedField(name, value, of: self, in: document)
    }
    var fields = [field("attempts", "\(settings.attempts)")]
    switch settings.backoff {
    case .none: fields.append(field("backoff", "none"))
    case .constant(let wait): fields.append(field("backoff.initial", wait.inWords))
    case .exponential(let initial, let factor, let max):
      fields += [
        field("backoff.initial", initial.inWords), field("backoff.factor", factor.inWords),
        field("backoff.max", max.inWords),
      ]
    case .linear(let initial, let step, let max):
      fields += [
        field("backoff.initial", initial.inWords), field("backoff.step", step.inWords),
        field("backoff.max", max.inWords),
      ]
    }
    if settings.backoff != .none {
      fields.append(field(origins["jitter"] == nil ? "backoff.jitter" : "jitter", settings.jitter.inWords))
    }
    return fields + [
      field("handle", document.handled(settings.handle)), field("budget", value.budget ?? "none"),
      field("retryAfter", settings.retryAfter?.inWords ?? "ignore"),
    ]
  }
}

extension Definition<BreakerDefinition> {
  fileprivate func fields(in document: PolicyDocument) -> [ExplainedField] {
    func field(_ name: String, _ value: String?) -> ExplainedField? {
      value.map { ExplainedField(name, $0, of: self, in: document) }
    }
    let (settings, halfOpen) = (value.settings, value.settings.halfOpen)
    let usesWindow = settings.failureRate != nil || settings.slowRate != nil || settings.failuresInWindow != nil
    let judgesRates = settings.failureRate != nil || settings.slowRate != nil
    return [
      field("failures", settings.failures.map { "\($0)" }), field("failureRate", settings.failureRate?.inWords),
      field("slowRate", settings.slowRate?.inWords), field("slowerThan", settings.slowerThan?.inWords),
      field("failuresInWindow", settings.failuresInWindow.map { "\($0)" }),
      usesWindow ? field("window", settings.window.inWords) : nil,
      judgesRates ? field("minimumCalls", "\(settings.effectiveMinimumCalls)") : nil,
      field("open.for", settings.open.duration.inWords),
      settings.open.factor > 1 ? field("open.factor", settings.open.factor.inWords) : nil,
      field("open.max", settings.open.max?.inWords),
      settings.open.jitter > .zero ? field("open.jitter", settings.open.jitter.inWords) : nil,
      field("halfOpen.probes", "\(halfOpen.probes)"), field("halfOpen.successes", "\(halfOpen.successes)"),
      field("halfOpen.lease", halfOpen.lease?.inWords),
      halfOpen.ramp.isEmpty ? nil : field("halfOpen.ramp", halfOpen.ramp.map(\.inWords).joined(separator: ", ")),
      field("handle", document.handled(settings.handle)),
      value.scope == .shared ? nil : field("scope", value.scope.inWords),
      settings.mode == .enforce ? nil : field("mode", settings.mode.rawValue),
    ].compactMap(\.self)
  }
}

extension Definition<BulkheadDefinition> {
  fileprivate func fields(in document: PolicyDocument) -> [ExplainedField] {
    let settings = value.settings
    var fields: [ExplainedField]
    if let adaptive = settings.adaptive {
      fields = [
        ExplainedField("adaptive.min", "\(adaptive.min)", of: self, in: document),
        ExplainedField("adaptive.max", "\(adaptive.max)", of: self, in: document),
        ExplainedField("adaptive.algorithm", adaptive.algorithm.rawValue, of: self, in: document),
      ]
    } else {
      fields = [ExplainedField("concurrent", "\(settings.concurrent)", of: self, in: document)]
    }
    fields.append(
      ExplainedField("queue", settings.queue == 0 ? "none" : "\(settings.queue)", of: self, in: document))
    if settings.queue > 0 {
      fields += [
        ExplainedField("wait", settings.wait?.inWords ?? "until the deadline", of: self, in: document),
        ExplainedField("order", settings.order.rawValue, of: self, in: document),
      ]
    }
    return fields + [ExplainedField("scope", value.scope.inWords, of: self, in: document)]
  }
}

extension Definition<RateLimiterDefinition> {
  fileprivate func fields(in document: PolicyDocument) -> [ExplainedField] {
    let settings = value.settings
    return [
      ExplainedField("rate", "\(settings.rate.count) in \(settings.rate.period.inWords)", of: self, in: document),
      ExplainedField("burst", "\(settings.burst)", of: self, in: document),
      ExplainedField("wait", settings.wait?.inWords ?? "none", of: self, in: document),
      ExplainedField("scope", value.scope.inWords, of: self, in: document),
    ]
  }
}

extension Definition<HedgeDefinition> {
  fileprivate func fields(in document: PolicyDocument) -> [ExplainedField] {
    func field(_ name: String, _ value: String) -> ExplainedField {
      ExplainedField(name, value, of: self, in: document)
    }
    let delay: [ExplainedField] =
      switch value.settings.after {
      case .fixed(let delay): [field("after", delay.inWords)]
      case .measured(let measured):
        [
          field("after.quantile", measured.quantile.inWords), field("after.min", measured.min.inWords),
          field("after.max", measured.max.inWords), field("after.cold", measured.cold.inWords),
        ]
      }
    return delay + [field("extra", "\(value.settings.extra)"), field("budget", value.budget ?? "none")]
  }
}

extension Definition<ChaosDefinition> {
  fileprivate func fields(in document: PolicyDocument) -> [ExplainedField] {
    func field(_ name: String, _ value: String) -> ExplainedField {
      ExplainedField(name, value, of: self, in: document)
    }
    let effect =
      switch value.effect {
      case .failure(let name): field("fail", name)
      case .delay(let time): field("delay", time.inWords)
      case .value(let node): field("value", node.source.text(node.span))
      }
    let when = value.settings.when.map { $0.value.map { value in "=\(value)" } ?? "" }
    return [
      effect, field("rate", value.settings.rate.inWords),
      field("seed", value.settings.seed.map { "\($0)" } ?? "none"),
      field("when", value.settings.when.map { $0.label + (when ?? "") } ?? "all calls"),
    ]
  }
}

extension Definition<FallbackDefinition> {
  fileprivate func fields(in document: PolicyDocument) -> [ExplainedField] {
    let kind: ExplainedField =
      switch value.kind {
      case .operation(let name): ExplainedField("operation", name, of: self, in: document)
      case .handler(let name): ExplainedField("handler", name, of: self, in: document)
      case .value(let node): ExplainedField("value", node.source.text(node.span), of: self, in: document)
      case .lastGood(let settings):
        ExplainedField("lastGood", "at most \(settings.maxAge.inWords) old", of: self, in: document)
      }
    return [kind, ExplainedField("handle", document.handled(value.handle), of: self, in: document)]
  }
}
