internal import LocatedYAML
internal import ResilienceCore

/// A hedge while it is read.
struct HedgeDraft: Sendable {
  var after = HedgeSettings.Delay.fixed(.zero)
  var extra = 1
  var budget: String?
}

/// The delay of a hedge while it is read.
struct HedgeDelayDraft: Sendable {
  var quantile: Ratio?
  var min: Duration?
  var max: Duration?
  var cold: Duration?
}

enum HedgeTable {
  static let hedge = Section(
    "hedge", "Another call that starts while the first one is slow; the first success counts.", HedgeDraft(),
    inherits: true, keepsState: true
  ) {
    Field(
      "after", .hedgeDelay, to: \.after, mandatory: true, "how long after a start the next call starts",
      example: "120ms")
    Field(
      "extra", .count(1...HedgeSettings.maximumExtra), to: \.extra, "how many calls can start beside the first",
      example: "2")
    Field(
      "budget", .referenceOrNone(to: .budgets), to: \.budget, "what first tries pay for; asked before a call starts",
      example: "shared")
  }

  static let delay = Section(
    "hedge delay", "A delay that follows the times that calls take.", HedgeDelayDraft()
  ) {
    Field(
      "quantile", .quantile, to: \.quantile, mandatory: true, "the share of calls that are given time to end",
      example: "p95")
    Field("min", .duration, to: \.min, mandatory: true, "the shortest delay", example: "20ms")
    Field("max", .duration, to: \.max, mandatory: true, "the longest delay", example: "500ms")
    Field(
      "cold", .duration, to: \.cold, mandatory: true, "the delay until enough calls are measured", example: "120ms")
  }
}

extension Notation<HedgeDefinition> {
  static var hedge: Notation {
    .map(HedgeTable.hedge) { filled, _ in
      let draft = filled.draft
      return HedgeDefinition(
        settings: HedgeSettings(after: draft.after, extra: draft.extra), budget: draft.budget)
    }
  }
}

extension Notation<HedgeSettings.Delay> {
  /// A duration, or a map that says what to measure.
  static var hedgeDelay: Notation {
    let fixed = TextNotation<Duration>.duration
    let measured = Notation.map(HedgeTable.delay) { filled, decoder in
      let draft = filled.draft
      guard let quantile = draft.quantile, let min = draft.min, let max = draft.max, let cold = draft.cold else {
        return nil
      }
      decoder.ordered("min", min, "max", max, in: filled)
      return HedgeSettings.Delay.measured(MeasuredDelay(quantile: quantile, min: min, max: max, cold: cold))
    }
    return Notation(.either([fixed.shape, measured.shape])) { layered, decoder in
      guard layered.node.kind == .mapping else {
        return decoder.scalar(layered, as: fixed).map { .fixed($0) }
      }
      return measured.read(layered, decoder)
    }
  }
}
