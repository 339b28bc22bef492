import PolicyCompiler
import PolicyLanguage
import Resilience

/// The names by which a policy file refers to code, which here is commands that the command line gives.
struct StandIns {
  private let graph: PolicyGraph?
  private(set) var handlers: Set<String> = []
  private(set) var operations: Set<String> = []
  /// What health checks and recoveries of the file mention. A command needs none of it: nothing runs them here.
  private(set) var unused = HealthNames()

  /// Reads a file; one that cannot be used has no names, and the engine says what is wrong with it.
  init(in path: String, environment: String?) throws {
    guard let document = PolicyLoader().load(path, environment: environment).document else {
      graph = nil
      return
    }
    graph = PolicyGraph(document, CompilerContext())
    unused = HealthNames(in: document)
    for operation in document.operations {
      for kind in operation.value.fallbackKinds {
        switch kind {
        case .handler(let name): handlers.insert(name)
        case .operation(let name): operations.insert(name)
        case .value, .lastGood: break
        }
      }
    }
  }

  /// Finds what the command line does not give, and gives in vain.
  func check(_ arguments: RunArguments) throws(UsageError) {
    guard let graph else { return }
    for name in arguments.operations.keys.sorted() where !operations.contains(name) {
      throw UsageError("`--operation \(name)`: no fallback of the file calls this operation")
    }
    for name in arguments.handlers.keys.sorted() where !handlers.contains(name) {
      throw UsageError("`--handler \(name)`: no fallback of the file calls this handler")
    }
    var checked: Set<String> = []
    try check(arguments.operation, of: graph, arguments, &checked)
  }

  private func check(
    _ operation: String, of graph: PolicyGraph, _ arguments: RunArguments, _ checked: inout Set<String>
  ) throws(UsageError) {
    guard checked.insert(operation).inserted, let definition = graph.definition(for: operation) else { return }
    for kind in definition.value.fallbackKinds {
      switch kind {
      case .handler(let name) where arguments.handlers[name] == nil:
        throw missing("--handler \(name)=", "handler `\(name)`", of: operation)
      case .operation(let name) where arguments.operations[name] == nil:
        throw missing("--operation \(name)=", "operation `\(name)`", of: operation)
      case .operation(let name): try check(name, of: graph, arguments, &checked)
      case .handler, .value, .lastGood: break
      }
    }
  }

  private func missing(_ option: String, _ what: String, of operation: String) -> UsageError {
    UsageError("a fallback of `\(operation)` calls \(what), which needs a command: \(option)'COMMAND'")
  }
}

extension OperationDefinition {
  fileprivate var fallbackKinds: [FallbackDefinition.Kind] {
    layers.flatMap { layer -> [FallbackDefinition.Kind] in
      guard case .fallback(let chain) = layer.element else { return [] }
      return chain.map(\.value.kind)
    }
  }
}
