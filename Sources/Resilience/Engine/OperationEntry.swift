public import ResilienceCore

/// One operation of an engine, by its own name: what all handles of it share and keep alive.
@usableFromInline final class OperationEntry: Sendable {
  let name: String
  /// The plan that new calls take, until a reload puts another in its place; without one after the operation was removed.
  ///
  /// A call keeps the plan that it began with, so an old plan goes with its last call.
  @usableFromInline let slot: SwapCell<Plan>

  init(_ name: String, _ plan: Plan?) {
    self.name = name
    slot = SwapCell(plan)
  }

  func rules() throws(ResilienceError) -> CallRules {
    guard let plan = slot.value else {
      throw ResilienceError(.operationRemoved, operation: name, layer: .operation, name: name)
    }
    return CallRules(plan)
  }
}
