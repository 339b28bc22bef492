import PolicyLanguage
import ResilienceCore

/// A breaker with all operations that use it.
struct BreakerLoad {
  struct User {
    let operation: Definition<OperationDefinition>
    /// How many attempts of one call can reach the breaker.
    let attempts: Int
  }

  let breaker: Definition<BreakerDefinition>
  /// One of the layers that name it.
  let layer: LayerDefinition
  let users: [User]

  /// The policy path of one of its fields.
  func path(_ field: String) -> String {
    guard !layer.shared else { return "breakers.\(breaker.name)/\(field)" }
    return users.first?.operation.path(of: layer, field) ?? "breakers.\(breaker.name)/\(field)"
  }

  /// Nanoseconds between two attempts that reach the breaker when every attempt fails; `nil` when an operation declares
  /// no rate.
  var pace: Double? {
    var perNanosecond = 0.0
    for user in users {
      guard let rate = user.operation.value.facts.rate else { return nil }
      perNanosecond += Double(rate.count) * Double(user.attempts) / Double(rate.period.nanoseconds)
    }
    return perNanosecond > 0 ? 1 / perNanosecond : nil
  }

  /// The breakers of a document in the order in which operations use them.
  static func all(in document: PolicyDocument) -> [BreakerLoad] {
    var order: [String] = []
    var found: [String: (Definition<BreakerDefinition>, LayerDefinition, [User])] = [:]
    for operation in document.operations {
      for (index, layer) in operation.value.layers.enumerated() {
        guard let breaker = layer.breaker else { continue }
        if found[breaker.name] == nil {
          order.append(breaker.name)
          found[breaker.name] = (breaker, layer, [])
        }
        found[breaker.name]?.2.append(
          User(operation: operation, attempts: attempts(outside: index, of: operation.value.layers)))
      }
    }
    return order.compactMap { name in found[name].map { BreakerLoad(breaker: $0.0, layer: $0.1, users: $0.2) } }
  }

  private static func attempts(outside index: Int, of layers: [LayerDefinition]) -> Int {
    layers[..<index].compactMap { $0.retry?.value.settings.attempts }.reduce(1) { product, attempts in
      let (result, overflow) = product.multipliedReportingOverflow(by: attempts)
      return overflow ? .max : result
    }
  }
}
