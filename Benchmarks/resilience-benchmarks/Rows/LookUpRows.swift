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
    Scenario(.lookUp, "by name less by handle, one of 100,000", .call(nanoseconds: 10)) {
      let (engine, names) = try Directory.engine(100_000)
      let name = names[names.count / 2]
      let handle = try engine.policy(name)
      return .compared(
        { count in
          for number in 0..<count { keep(Int64(try engine.runBlocking(name) { try plain(number) })) }
        },
        over: { count in
          for number in 0..<count { keep(Int64(try handle.runBlocking { try plain(number) })) }
        })
    },
    Scenario(.lookUp, "by name less by handle, all in turn", .call(nanoseconds: 60)) {
      let operations = try Operations(try Directory.engine(100_000))
      return .compared(
        { count in
          for number in 0..<count { keep(Int64(try operations.callByName(number))) }
        },
        over: { count in
          for number in 0..<count { keep(Int64(try operations.callByHandle(number))) }
        })
    },
  ]
}

/// Names and handles in a row, borrowed for a call: copies would be counted, and the one way look cheaper beside the other than it is.
@safe private final class Operations: @unchecked Sendable {
  private struct Operation: ~Copyable {
    let name: String
    let policy: OperationPolicy
  }

  private let engine: ResilienceEngine
  private let count: Int
  /// As long as the program: what is measured is never taken down.
  private let operations: UnsafeMutablePointer<Operation>

  init(_ directory: (engine: ResilienceEngine, names: [String])) throws {
    engine = directory.engine
    count = directory.names.count
    unsafe operations = .allocate(capacity: count)
    for (index, name) in directory.names.enumerated() {
      unsafe (operations + index).initialize(to: Operation(name: name, policy: try engine.policy(name)))
    }
  }

  @inline(__always) func callByName(_ number: Int) throws -> Int {
    try unsafe engine.runBlocking(operations[number % count].name) { try plain(number) }
  }

  @inline(__always) func callByHandle(_ number: Int) throws -> Int {
    try unsafe operations[number % count].policy.runBlocking { try plain(number) }
  }
}

/// Gets a handle and lets it go.
@inline(__always) private func lookUp(_ name: String, in engine: ResilienceEngine) throws {
  withExtendedLifetime(try engine.policy(name)) { keep(1) }
}

/// A file with very many operations.
private enum Directory {
  static func engine(_ count: Int) throws -> (engine: ResilienceEngine, names: [String]) {
    let names = (0..<count).map { "service\($0 % 97).operation-\($0)" }
    let lines = names.map { "  \($0): standard\n" }.joined()
    let text = "version: 1\npipelines:\n  standard: [{breaker: {failures: 5, open: 60s}}]\noperations:\n" + lines
    let engine = try ResilienceEngine(policiesAt: "many.yaml", on: .system, limits: .unlimitedSize) { _ in
      .success(Array(text.utf8))
    }
    return (engine, names)
  }
}
