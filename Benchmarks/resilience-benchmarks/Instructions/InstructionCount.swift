import CBenchmarkSupport

/// Runs each line's work under callgrind, once, and leaves a file of counts for each.
enum InstructionCount {
  /// Enough blocking calls that what happens once in a while is less than half an instruction of each.
  static func calls(in group: Scenario.Group) -> Int { group == .blocking ? 40_000 : 2_000 }

  static let bareBlocking = "bare blocking"
  static let bareAsynchronous = "bare asynchronous"

  /// What this program does when it is run under valgrind.
  static func run(_ scenarios: [Scenario]) async throws {
    try count(bareBlocking, .blocking, Bare.blocking)
    try await count(bareAsynchronous, .asynchronous, Bare.asynchronous)
    for scenario in scenarios where scenario.group.countsInstructions {
      switch try scenario.prepare() {
      case .blocking(let work): try count(scenario.fullName, scenario.group, work)
      case .asynchronous(let work): try await count(scenario.fullName, scenario.group, work)
      case .contended, .figure: break
      }
    }
  }

  private static func count(_ name: String, _ group: Scenario.Group, _ work: (Int) throws -> Void) throws {
    let calls = calls(in: group)
    try work(calls)
    callgrind_begin()
    try work(calls)
    unsafe callgrind_end(name)
  }

  private static func count(
    _ name: String, _ group: Scenario.Group, _ work: (Int) async throws -> Void
  ) async throws {
    let calls = calls(in: group)
    try await work(calls)
    callgrind_begin()
    try await work(calls)
    unsafe callgrind_end(name)
  }
}

extension Scenario {
  var fullName: String { "\(group.rawValue): \(name)" }
}

extension Scenario.Group {
  /// Whether calls of this group run on one thread.
  var countsInstructions: Bool { self == .blocking || self == .asynchronous || self == .lookUp }
}
