internal import LocatedYAML
internal import PolicyCompiler
internal import PolicyLanguage
internal import ResilienceCore
internal import Synchronization

extension ResilienceEngine {
  /// Reads the file again and puts it in force.
  ///
  /// Calls in flight finish under the rules that they started with. Breakers, limiters, bulkheads and budgets of the same
  /// name keep what they remember and go on under their new numbers.
  ///
  /// - Returns: What changed.
  /// - Throws: ``PolicyFileError`` when the file cannot be used; nothing has changed then.
  @concurrent @discardableResult
  public func reload() async throws -> ReloadReport { try reloadNow() }

  /// As ``reload()``, on this thread.
  func reloadNow() throws(PolicyFileError) -> ReloadReport {
    let reading = source.load()
    state.withLock { $0.files = reading.files }
    do {
      let report = try replaceGraph(reading.result.get())
      emit(.reloadApplied(summary: report.description))
      return report
    } catch {
      emit(.reloadRejected(reason: error.description))
      throw error
    }
  }

  /// Everything that can fail happens before the one moment in which the new graph takes the place of the old.
  private func replaceGraph(_ document: PolicyDocument) throws(PolicyFileError) -> ReloadReport {
    while true {
      let (old, version) = state.withLock { ($0.graph, $0.version) }
      let next = PolicyGraph(document, context, following: old)
      let (problems, names) = problems(of: next)
      guard problems.isEmpty else {
        throw PolicyFileError(path: source.path, problems: problems.map(PolicyProblem.init))
      }
      if let changed = putInForce(next, ifStill: version, names) {
        ReadDomain.collectAll()
        for breaker in changed { breaker.tell() }
        tellOfIgnoredChaos(in: next)
        followHealth(next)
        return ReloadReport(GraphDifference(from: old, to: next), generation: next.generation)
      }
    }
  }

  /// Whoever looks something up by name waits while the engine's state is locked. So what takes long is done before, and plans
  /// are exchanged a few at a time; a call that begins in between takes the old plan, as one that began before does.
  ///
  /// - Returns: What that changed; `nil` when something was looked up meanwhile that has to be checked first.
  private func putInForce(
    _ next: PolicyGraph, ifStill version: UInt64, _ names: [String]
  ) -> [ChangedBreaker]? {
    let definitions = next.definitions
    var rest = names[...]
    func few() -> ArraySlice<String> {
      defer { rest = rest.dropFirst(Self.plansAtOnce) }
      return rest.prefix(Self.plansAtOnce)
    }
    let first = few()
    let changed: [ChangedBreaker]? = state.withLock { state in
      guard state.version == version else { return nil }
      let changed = state.install(next, definitions, at: context.time.now)
      _ = state.exchangePlans(of: first, with: next)
      return changed
    }
    guard changed != nil else { return nil }
    while !rest.isEmpty {
      let some = few()
      guard state.withLock({ $0.exchangePlans(of: some, with: next) }) else { break }
    }
    return changed
  }

  /// How many plans are exchanged while the engine's state is locked: a tenth of a millisecond.
  private static var plansAtOnce: Int { 32 }

  /// What code does not offer to a new graph, and the operations that code has looked up.
  private func problems(of next: PolicyGraph) -> (problems: [CompileProblem], lookedUp: [String]) {
    let check = DeclarationCheck(graph: next)
    let operations = state.withLock { $0.operations }
    var problems = check.missingCode()
    for (name, lookedUp) in operations where lookedUp.entry != nil {
      for declaration in lookedUp.declarations.values { problems += check.problems(of: name, declaration) }
    }
    return (problems, Array(operations.keys))
  }

  /// Says of each layer of chaos that it does nothing, where that is so.
  func tellOfIgnoredChaos(in graph: PolicyGraph) {
    guard !context.allowsChaos, let observer = context.observer else { return }
    for layer in graph.chaosLayers {
      observer(
        ResilienceEvent(
          .chaosIgnored, operation: "", layer: .chaos, name: layer.elementName.text,
          location: layer.location.source.place(at: layer.location.span.start), generation: graph.generation,
          at: context.time.now))
    }
  }

  func emit(_ kind: ResilienceEvent.Kind) {
    guard let observer = context.observer else { return }
    observer(
      ResilienceEvent(
        kind, operation: "", layer: .operation, name: source.path, location: nil, generation: generation,
        at: context.time.now))
  }
}
