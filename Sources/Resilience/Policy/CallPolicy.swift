public import ResilienceCore

/// What a call can run under: an operation of a policy file, a pipeline made in code, or one mechanism by itself.
///
/// Everything that conforms runs bodies with the same methods, which all come from here.
public protocol CallPolicy: Sendable {
  /// The operation that its calls are calls of.
  var operation: OperationPolicy { get }
}

/// Compiled layers, as one call uses them.
public struct CallRules: Sendable {
  package let plan: Plan

  package init(_ plan: Plan) { self.plan = plan }
}

extension CallPolicy {
  /// The rules for a call that starts now. They stay the call's own until it ends.
  ///
  /// - Throws: ``ResilienceError/Code/operationRemoved`` when a reload took the operation out of its file.
  public func rules() throws(ResilienceError) -> CallRules { try operation.entry.rules() }
}
