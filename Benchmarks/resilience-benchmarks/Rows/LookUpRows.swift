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
        for _ in 0..<count { try lookUp(name, in: engine) }
      }
    },
    Scenario(.lookUp, "all names of 100,000 in turn", .call(nanoseconds: 60)) {
      let (engine, names) = try Directory.engine(100_000)
      for name in names { _ = try engine.policy(name) }
      return .blocking { count in
        var number = 0
        for _ in 0..<count {
          try lookUp(names[number], in: engine)
          number = number + 1 < names.count ? number + 1 : 0
        }
      }
    },
  ]
}

/// Gets a handle and lets it go.
@inline(__always) private func lookUp(_ name: String, in engine: ResilienceEngine) throws {
  withExtendedLifetime(try engine.policy(name)) { keep(1) }
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
