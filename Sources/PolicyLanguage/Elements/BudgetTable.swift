internal import ResilienceCore

enum BudgetTable {
  static let budget = Section(
    "budget", "How many retries first tries pay for.", RetryBudgetSettings(ratio: .zero), inherits: true,
    keepsState: true
  ) {
    Field("ratio", .ratio, to: \.ratio, mandatory: true, "retries as a share of first tries", example: "20%")
    Field("floor", .rate, to: \.floor, "what is allowed on top, however few the first tries", example: "3/s")
    Field("window", .duration, to: \.window, "over what time both are counted", example: "10s")
  }
}

extension Notation<RetryBudgetSettings> {
  static var budget: Notation { .map(BudgetTable.budget) }
}
