/// One link of a fallback chain: which failures it takes, and what it serves.
package struct FallbackStep: Sendable {
  package enum Source: Sendable {
    case value(StaticValue)
    case handler(FallbackHandler)
    case operation(FallbackHandler)
    case lastGood(LastGoodStore, LastGoodSettings.Key)
  }

  package let name: String
  package let handle: FailureClasses
  package let source: Source

  package init(name: String, handle: FailureClasses = .everything.subtracting(.cancelled), source: Source) {
    self.name = name
    self.handle = handle
    self.source = source
  }
}

/// The facts that a fallback is given about the call it stands in for.
public struct FallbackContext: Sendable {
  /// The operation's name.
  public let operation: String
  /// The labels given at the call.
  public let labels: [String: String]
  /// What the call would have ended with.
  public let failure: any Error

  package init(operation: String, labels: [String: String], failure: any Error) {
    self.operation = operation
    self.labels = labels
    self.failure = failure
  }
}

/// Code that a policy file refers to by name: it makes a value when a call failed.
public struct FallbackHandler: Sendable {
  /// The type of the values it makes.
  public let valueType: any Sendable.Type
  package let make: @Sendable (FallbackContext) async throws -> any Sendable
  private let makeUnderPlan: @Sendable (Plan, FallbackContext) async throws -> any Sendable

  /// A handler that makes values of one type.
  public init<Value: Sendable>(
    returning type: Value.Type = Value.self, _ make: @escaping @Sendable (FallbackContext) async throws -> Value
  ) {
    valueType = type
    self.make = make
    makeUnderPlan = { plan, context in
      try await plan.runConcurrently(labels: context.labels) { try await make(context) }
    }
  }

  /// A handler whose values have a type that is known by name only.
  package init(
    valueType: any Sendable.Type, _ make: @escaping @Sendable (FallbackContext) async throws -> any Sendable
  ) {
    self.valueType = valueType
    self.make = make
    makeUnderPlan = { _, context in try await make(context) }
  }

  /// Makes the value as the body of a call of its own.
  package func make(under plan: Plan, _ context: FallbackContext) async throws -> any Sendable {
    try await makeUnderPlan(plan, context)
  }
}
