internal import LocatedYAML
internal import PolicyCompiler
internal import PolicyLanguage
internal import ResilienceCore

/// Finds what a file asks of code and code does not offer; decodes the values that it does offer a type for.
struct DeclarationCheck {
  let graph: PolicyGraph

  /// What is missing for one operation that code looked up in this way.
  func problems(of operation: String, _ declaration: Declaration) -> [CompileProblem] {
    guard let definition = graph.definition(for: operation) else { return [] }
    return definition.value.layers.flatMap { problems(of: $0, in: operation, declaration) }
  }

  /// Handlers and bodies that fallbacks in use name and code does not have, each place once; and what the bodies' own
  /// operations ask for.
  func missingCode() -> [CompileProblem] {
    var seen: Set<Location> = []
    var problems: [CompileProblem] = []
    for operation in graph.document.operations.withMoreThanElements {
      for fallback in operation.value.fallbacks where seen.insert(fallback.location).inserted {
        if let missing = missingCode(of: fallback) { problems.append(missing) }
      }
    }
    problems += HealthDeclarationCheck(graph: graph).missingCode()
    for (name, body) in graph.context.operations.sorted(by: { $0.key < $1.key }) {
      problems += self.problems(of: name, Declaration(type: DeclaredType(of: body), isConcurrent: true))
    }
    return problems
  }

  private func missingCode(of fallback: Definition<FallbackDefinition>) -> CompileProblem? {
    switch fallback.value.kind {
    case .handler(let name) where graph.context.handlers[name] == nil:
      problem(fallback, "needs a handler `\(name)` in `handlers:` of the engine")
    case .operation(let name) where graph.context.operations[name] == nil:
      problem(fallback, "needs a body for operation `\(name)` in `operations:` of the engine")
    default: nil
    }
  }

  private func problems(
    of layer: LayerDefinition, in operation: String, _ declaration: Declaration
  ) -> [CompileProblem] {
    switch layer.element {
    case .fallback(let chain): chain.compactMap { problem(of: $0, in: operation, declaration) }
    case .deadline(let limit), .timeout(let limit): problem(of: limit, in: operation, declaration).map { [$0] } ?? []
    case .hedge(let hedge): problem(of: hedge, at: layer, in: operation, declaration).map { [$0] } ?? []
    case .chaos(let chaos): problem(of: chaos, in: operation, declaration).map { [$0] } ?? []
    case .rateLimit, .bulkhead, .retry, .breaker: []
    }
  }

  private func problem(
    of hedge: Definition<HedgeDefinition>, at layer: LayerDefinition, in operation: String, _ declaration: Declaration
  ) -> CompileProblem? {
    guard !declaration.isConcurrent else { return nil }
    return CompileProblem(
      "hedge `\(hedge.name)` runs a body several times at once, so operation `\(operation)` must be looked up with "
        + "`concurrent: true`", at: layer.location)
  }

  /// A value of chaos is asked for only where chaos is allowed: a file with it must be usable everywhere else.
  private func problem(
    of chaos: Definition<ChaosDefinition>, in operation: String, _ declaration: Declaration
  ) -> CompileProblem? {
    guard graph.context.allowsChaos, case .value(let node) = chaos.value.effect else { return nil }
    guard let type = declaration.type else {
      return CompileProblem(
        "chaos makes values, so operation `\(operation)` must be looked up with `returning:` their type",
        at: chaos.location)
    }
    do {
      try type.decode(node, into: graph.values[chaos.name])
      return nil
    } catch {
      return CompileProblem("the value of chaos `\(chaos.name)` \(error.message)", at: error.location)
    }
  }

  private func problem(
    of limit: Definition<TimeoutSettings>, in operation: String, _ declaration: Declaration
  ) -> CompileProblem? {
    guard limit.value.mode == .abandon, !declaration.isConcurrent else { return nil }
    return CompileProblem(
      "`\(limit.name)` abandons bodies, so operation `\(operation)` must be looked up with `concurrent: true`",
      at: limit.origins["mode"] ?? limit.location)
  }

  private func problem(
    of fallback: Definition<FallbackDefinition>, in operation: String, _ declaration: Declaration
  ) -> CompileProblem? {
    guard let type = declaration.type else {
      return problem(
        fallback, "makes values, so operation `\(operation)` must be looked up with `returning:` their type")
    }
    switch fallback.value.kind {
    case .lastGood: return nil
    case .value(let node):
      do {
        try type.decode(node, into: graph.values[fallback.name])
        return nil
      } catch {
        return CompileProblem("the value of fallback `\(fallback.name)` \(error.message)", at: error.location)
      }
    case .handler(let name): return problem(fallback, of: graph.context.handlers[name], type, operation)
    case .operation(let name): return problem(fallback, of: graph.context.operations[name], type, operation)
    }
  }

  private func problem(
    _ fallback: Definition<FallbackDefinition>, of code: FallbackHandler?, _ type: DeclaredType, _ operation: String
  ) -> CompileProblem? {
    guard let code, !type.accepts(code.valueType) else { return nil }
    return problem(fallback, "makes `\(code.valueType)`, but operation `\(operation)` returns `\(type.name)`")
  }

  private func problem(_ fallback: Definition<FallbackDefinition>, _ text: String) -> CompileProblem {
    CompileProblem("fallback `\(fallback.name)` \(text)", at: fallback.location)
  }
}

extension OperationDefinition {
  /// All fallbacks of its layers.
  fileprivate var fallbacks: [Definition<FallbackDefinition>] {
    layers.flatMap { layer -> [Definition<FallbackDefinition>] in
      if case .fallback(let chain) = layer.element { chain } else { [] }
    }
  }
}
