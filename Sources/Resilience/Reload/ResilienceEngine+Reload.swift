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
      let seen = state.withLock { $0 }
      let next = PolicyGraph(document, context, following: seen.graph)
      let problems = problems(of: next, with: seen)
      guard problems.isEmpty else {
        throw PolicyFileError(path: source.path, problems: problems.map(PolicyProblem.init))
      }
      let changed: [ChangedBreaker]? = state.withLock { state in
        guard state.version == seen.version else { return nil }
        return state.install(next, at: context.time.now)
      }
      if let changed {
        ReadDomain.collectAll()
        for breaker in changed { breaker.tell() }
        tellOfIgnoredChaos(in: next)
        followHealth(next)
        return ReloadReport(GraphDifference(from: seen.graph, to: next), generation: next.generation)
      }
    }
  }

  private func problems(of next: PolicyGraph, with seen: EngineState) -> [CompileProblem] {
    let check = DeclarationCheck(graph: next)
    var problems = check.missingCode()
    for (name, lookedUp) in seen.operations where lookedUp.entry != nil {
      for declaration in lookedUp.declarations.values { problems += check.problems(of: name, declaration) }
    }
    return problems
  }

  /// Says of each layer of chaos that it does nothing, where that is so.
  func tellOfIgnoredChaos(in graph: PolicyGraph) {
    guard !context.allowsChaos, let observer = context.observer else { return }
    for layer in graph.chaosLayers {
      observer(
        ResilienceEvent(
          .chaosIgnored, operation: "", layer: .chaos, name: layer.elementName,
          location: "\(layer.location.source.path):\(layer.location.line)", generation: graph.generation,
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
