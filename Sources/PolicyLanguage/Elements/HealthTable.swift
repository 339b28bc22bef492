internal import LocatedYAML
internal import ResilienceCore

/// A health check while it is read.
struct HealthCheckDraft: Sendable {
  var probe: HealthCheckDefinition.Probe?
  var settings = HealthCheckSettings(every: .zero, timeout: .zero)
  var gates: [String] = []
}

enum HealthTable {
  static let check = Section(
    "health check", "Something that is asked regularly whether it is well.", HealthCheckDraft(), inherits: true
  ) {
    Field(
      "probe", .probe, to: \.probe, mandatory: true, "what is asked: one of five kinds",
      example: "{tcp: \"127.0.0.1:5432\"}")
    Field(
      "every", .duration, to: \.settings.every, mandatory: true, "from the beginning of a probe to that of the next",
      example: "10s")
    Field(
      "timeout", .duration, to: \.settings.timeout, mandatory: true,
      "how long an answer may take; no answer is a bad one", example: "1s")
    Field(
      "jitter", .ratioOrNone, to: \.settings.jitter, "share that chance takes off `every` each time", example: "20%")
    Field(
      "degradedAbove", .duration, to: \.settings.degradedAbove, default: "however long it takes",
      "a good answer that takes longer is degraded", example: "100ms")
    Field(
      "unhealthyAfter", .count, to: \.settings.unhealthyAfter, "bad answers in a row that make it worse", example: "3")
    Field(
      "healthyAfter", .count, to: \.settings.healthyAfter, "good answers in a row that make it better", example: "2")
    Field(
      "critical", .flag, to: \.settings.critical, "whether the whole is unhealthy with it, or only degraded",
      example: "false")
    Field(
      "gates", .references(to: .breakers), to: \.gates, default: "none",
      "breakers that let no call through while it is unhealthy, and are half-open afterwards", example: "[database]")
  }
}

extension Notation<HealthCheckDefinition> {
  static var healthCheck: Notation {
    .map(HealthTable.check) { filled, decoder in
      let draft = filled.draft
      guard let probe = draft.probe else { return nil }
      if let limit = draft.settings.degradedAbove, limit >= draft.settings.timeout {
        decoder.dead("degradedAbove", because: "an answer that takes so long has timed out", in: filled)
      }
      if case .breaker(let breaker) = probe, draft.gates.contains(breaker) {
        decoder.reportLock(breaker, in: filled)
        return nil
      }
      return HealthCheckDefinition(probe: probe, settings: draft.settings, gates: draft.gates)
    }
  }
}

extension PolicyDecoder {
  /// Reports a check that keeps closed what it waits for to open.
  fileprivate func reportLock(_ breaker: String, in filled: Filled<HealthCheckDraft>) {
    push("gates", filled.view.node)
    defer { pop() }
    report(
      .outOfRange, "the check looks at breaker `\(breaker)` and gates it: once unhealthy, it would never let it go",
      at: Location(filled.place(of: "gates")),
      related: [Diagnostic.Related(Location(filled.place(of: "probe")), "the probe is here")],
      help: "probe what is behind the breaker, or remove it from `gates`")
  }
}
