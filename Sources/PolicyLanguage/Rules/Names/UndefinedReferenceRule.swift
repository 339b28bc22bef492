extension Rule {
  static let undefinedReference = Rule(
    "RP301", "undefined-reference", .error, "A name that is defined nowhere.",
    why: "A layer that names nothing protects nothing. The finding says the nearest names that do exist.",
    bad: RuleExample(
      """
      version: 1
      breakers:
        database: {failures: 5, open: 60s}
      pipelines:
        read: [{deadline: 2s}, {breaker: database}]
        write: [{deadline: 3s}, {breaker: databse}]
      operations:
        users.get: read
        users.put: write

      """, line: 6),
    good: """
      version: 1
      breakers:
        database: {failures: 5, open: 60s}
      pipelines:
        read: [{deadline: 2s}, {breaker: database}]
        write: [{deadline: 3s}, {breaker: database}]
      operations:
        users.get: read
        users.put: write

      """)
}
