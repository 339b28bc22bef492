extension Rule {
  static let pipelineCycle = Rule(
    "RP313", "pipeline-cycle", .error, "Pipelines that contain each other.",
    why: "A pipeline that contains itself has no innermost layer, so no call would ever reach its callee.",
    bad: RuleExample(
      """
      version: 1
      pipelines:
        read: [{deadline: 2s}, {pipeline: guarded}]
        guarded: [{pipeline: read}]
      operations:
        users.get: read

      """, line: 3),
    good: """
      version: 1
      pipelines:
        read: [{deadline: 2s}]
      operations:
        users.get: read

      """)
}
