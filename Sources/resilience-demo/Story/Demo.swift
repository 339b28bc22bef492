import Glibc
import Resilience

/// Three services, three operations, one policy file, and the twenty seconds in which everything happens to them.
struct Demo: Sendable {
  static let length = Duration.seconds(18)
  /// How long the last calls may take.
  private static let patience = Duration.seconds(3)

  let screen: Screen
  let services: [DemoOperation: FlakyService]
  let loop: SocketLoop
  let ledger = Ledger()
  let breakers = BreakerHistory()
  let start: ContinuousClock.Instant
  let timeline: Timeline
  let reporter: Reporter

  init(on screen: Screen) throws {
    self.screen = screen
    let loop = try SocketLoop()
    self.loop = loop
    services = try Dictionary(
      uniqueKeysWithValues: DemoOperation.allCases.map { ($0, try FlakyService(on: loop)) })
    start = .now
    timeline = Timeline(on: screen)
    reporter = Reporter(timeline: timeline, breakers: breakers, start: start)
  }

  /// Plays the whole story.
  ///
  /// - Returns: Whether it came out as it should.
  func run() async throws -> Bool {
    let file = try PolicyFile.inNewFolder()
    try file.replace(with: Policies.first)
    let reporter = self.reporter
    let engine = try await ResilienceEngine(policiesAt: file.name, observer: { reporter.take($0) })
    engine.reloadOnHangup()
    let loads = try loads(of: engine)

    screen.show("Policies: \(file.folder)/\(file.name); 20 calls a second each")
    timeline.begin()
    try await withThrowingTaskGroup { group in
      for service in services.values { group.addTask { await service.serve() } }
      group.addTask { try await showRows() }
      async let calls: Void = makeCalls(loads)
      try await play(with: file)
      await calls
      group.cancelAll()
    }
    screen.show()
    Summary(screen: screen, ledger: ledger, breakers: breakers, length: Self.length).show()
    return Verdict(of: self).show(on: screen)
  }

  /// Runs all loads to their end. Calls that have not ended by then are cancelled, and lost.
  private func makeCalls(_ loads: [Load]) async {
    let end = start + Self.length
    await withTaskGroup { group in
      group.addTask {
        await withDiscardingTaskGroup { group in
          for load in loads { group.addTask { await load.run(until: end) } }
        }
      }
      group.addTask { try? await Task.sleep(until: end + Self.patience) }
      await group.next()
      group.cancelAll()
    }
  }

  private func loads(of engine: ResilienceEngine) throws -> [Load] {
    try DemoOperation.allCases.compactMap { operation in
      guard let service = services[operation] else { return nil }
      let policy = try engine.policy(operation.rawValue, returning: String.self)
      let client = Client(port: service.port, loop: loop)
      return Load(operation: operation, policy: policy, client: client, ledger: ledger)
    }
  }

  private func showRows() async throws {
    for second in 1...Int(Self.length.components.seconds) {
      try await Task.sleep(until: start + .seconds(second))
      timeline.row(second: second, ledger.takeRecent(), breakers)
    }
  }
}
