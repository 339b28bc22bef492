internal import PolicyCompiler
internal import PolicyLanguage
internal import ResilienceCore

/// Finds what health checks and recoveries of a file ask of code, and code does not have.
struct HealthDeclarationCheck {
  let graph: PolicyGraph

  func missingCode() -> [CompileProblem] {
    graph.document.healthChecks.values.compactMap(missingCode)
      + graph.document.recoveries.values.flatMap { recovery in
        (recovery.value.steps + [recovery.value.exhausted].compactMap(\.self)).compactMap {
          missingCode(of: $0, in: recovery.name)
        }
      }
  }

  private func missingCode(of check: Definition<HealthCheckDefinition>) -> CompileProblem? {
    guard case .handler(let name) = check.value.probe, graph.context.healthChecks[name] == nil else { return nil }
    return CompileProblem(
      "health check `\(check.name)` needs a check `\(name)` in `healthChecks:` of the engine",
      at: check.origins["probe"] ?? check.location)
  }

  private func missingCode(of step: RecoveryStep, in recovery: String) -> CompileProblem? {
    switch step.action {
    case .handler(let name) where graph.context.recoveryHandlers[name] == nil:
      CompileProblem(
        "recovery `\(recovery)` needs a handler `\(name)` in `recoveryHandlers:` of the engine", at: step.location)
    case .operation(let name) where graph.context.operations[name] == nil:
      CompileProblem(
        "recovery `\(recovery)` needs a body for operation `\(name)` in `operations:` of the engine", at: step.location)
    default: nil
    }
  }
}
