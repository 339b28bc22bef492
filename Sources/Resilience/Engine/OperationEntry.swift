internal import ResilienceCore

/// One operation of an engine, by its own name: what all handles of it share and keep alive.
final class OperationEntry: Sendable {
  let name: String
  let slot: PlanSlot

  init(_ name: String, _ plan: Plan?) {
    self.name = name
    slot = PlanSlot(plan)
  }

  func rules() throws(ResilienceError) -> CallRules {
    guard let plan = slot.plan else {
      throw ResilienceError(.operationRemoved, operation: name, layer: .operation, name: name)
    }
    return CallRules(plan)
  }
}
