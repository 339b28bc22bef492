/// Hedges: known to the language, not carried out yet.
enum HedgeTable {
  static let hedge = Section("hedge", "A second call that starts before the first has ended.", 0, inherits: true) {
    Field.later(
      "after", .either([TextNotation.duration.shape, .map(delay.facts)]), "when the extra call starts", example: "120ms"
    )
    Field.later("extra", TextNotation.count.shape, "how many extra calls", example: "1")
    Field.later("budget", .reference(.budgets), "what first tries pay for", example: "shared")
  }

  private static let delay = Section("hedge delay", "A delay that follows measured times.", 0) {
    Field.later("quantile", TextNotation.quantile.shape, "the quantile of measured times", example: "p95")
    Field.later("min", TextNotation.duration.shape, "the shortest delay", example: "20ms")
    Field.later("max", TextNotation.duration.shape, "the longest delay", example: "500ms")
    Field.later("cold", TextNotation.duration.shape, "the delay before anything is measured", example: "120ms")
  }
}
