internal import PolicyCompiler
internal import PolicyLanguage
internal import ResilienceCore
internal import Synchronization

extension ResilienceEngine {
  /// How long a file that has something to run waits for ``run()`` until that is told.
  private static let patience: UInt64 = 10_000_000_000

  /// Asks the health checks of the file and runs its recoveries, until the task is cancelled.
  ///
  /// Without it, checks stay unknown and recoveries never start, which the engine's observer is told of. Everything it starts
  /// ends before it returns: it suits a group of services as it is.
  ///
  /// ```swift
  /// try await withThrowingTaskGroup { group in
  ///   group.addTask { await engine.run() }
  ///   group.addTask { try await server.run() }
  ///   try await group.next()
  ///   group.cancelAll()
  /// }
  /// ```
  public func run() async {
    wasRun.store(true, ordering: .relaxed)
    await withDiscardingTaskGroup { group in
      group.addTask { await self.health.run() }
      group.addTask { await self.recoveries.run() }
    }
  }

  /// Goes on with the checks and recoveries of a graph that is in force.
  func followHealth(_ graph: PolicyGraph) {
    health.follow(graph.checks, generation: graph.generation)
    recoveries.follow(graph)
    let (checks, recoveries) = (graph.document.healthChecks.count, graph.document.recoveries.count)
    guard checks + recoveries > 0, !wasRun.load(ordering: .relaxed) else { return }
    let action = TimerAction.call { [weak self] in
      guard let self, !self.wasRun.load(ordering: .relaxed) else { return }
      self.emit(.healthNotRunning(checks: checks, recoveries: recoveries))
    }
    _ = context.time.arm(at: context.time.now.advanced(by: Self.patience), action)
  }
}
