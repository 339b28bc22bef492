import CBenchmarkSupport
import LocatedYAML
import Resilience
import ResilienceCore

extension Scenario {
  static let lookUps: [Scenario] = [
    Scenario(.lookUp, "one name of 100,000, again and again", .call(nanoseconds: 10)) {
      let (engine, names) = try Directory.engine(100_000)
      let name = names[names.count / 2]
      return .blocking { count in
        for _ in 0..<count { keep(Int64(try engine.policy(name).name.utf8.count)) }
      }
    },
    Scenario(.lookUp, "all names of 100,000 in turn", .call(nanoseconds: 60)) {
      let (engine, names) = try Directory.engine(100_000)
      for name in names { _ = try engine.policy(name) }
      return .blocking { count in
        for number in 0..<count { keep(Int64(try engine.policy(names[number % names.count]).name.utf8.count)) }
      }
    },
  ]
}

/// A file with very many operations.
private enum Directory {
  static func engine(_ count: Int) throws -> (ResilienceEngine, names: [String]) {
    let names = (0..<count).map { "service\($0 % 97).operation-\($0)" }
    let lines = names.map { "  \($0): standard\n" }.joined()
    let text = "version: 1\npipelines:\n  standard: [{breaker: {failures: 5, open: 60s}}]\noperations:\n" + lines
    let engine = try ResilienceEngine(policiesAt: "many.yaml", on: .system, limits: .unlimitedSize) { _ in
      .success(Array(text.utf8))
    }
    return (engine, names)
  }
}
