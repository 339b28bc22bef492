extension Rule {
  static let notInThisVersion = Rule(
    "RP213", "not-in-this-version", .error, "A part of the language that this version cannot carry out yet.",
    why: """
      The word is right and reserved, its mechanism is not there yet. A policy that was read and then not carried out \
      would be a promise nobody keeps, so it is refused at its place.
      """,
    bad: RuleExample(
      """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}, {bulkhead: {adaptive: {min: 4, max: 64}}}]}

      """, line: 3),
    good: """
      version: 1
      operations:
        users.get: {layers: [{deadline: 2s}, {bulkhead: {concurrent: 24}}]}

      """)
}
