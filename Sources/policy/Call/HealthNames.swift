import PolicyLanguage
import Resilience

/// The code that health checks and recoveries of a file refer to, with something in its place that is never called.
struct HealthNames {
  private(set) var checks: [any HealthCheck] = []
  private(set) var handlers: [String: RecoveryHandler] = [:]
  private(set) var operations: Set<String> = []

  init() {}

  init(in document: PolicyDocument) {
    var names: Set<String> = []
    for definition in document.healthChecks.values {
      if case .handler(let name) = definition.value.probe { names.insert(name) }
    }
    checks = names.map { HealthProbe($0) { .healthy } }
    for recovery in document.recoveries.values {
      for step in recovery.value.steps + [recovery.value.exhausted].compactMap(\.self) {
        switch step.action {
        case .handler(let name): handlers[name] = { _ in }
        case .operation(let name): operations.insert(name)
        case .exec: break
        }
      }
    }
  }
}
