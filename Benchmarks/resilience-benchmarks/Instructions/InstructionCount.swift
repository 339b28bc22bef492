import CBenchmarkSupport

/// Runs each line's work under callgrind, once, and leaves a file of counts for each.
enum InstructionCount {
  /// Enough blocking calls that what happens once in a while is less than half an instruction of each.
  static func calls(in group: Scenario.Group) -> Int { group == .blocking ? 40_000 : 2_000 }

  static let bareBlocking = "bare blocking"
  static let bareAsynchronous = "bare asynchronous"

  /// The name under which is counted what a line by itself is compared with.
  static func bare(of line: String) -> String { "bare, \(line)" }

  /// What this program does when it is run under valgrind.
  static func run(_ scenarios: [Scenario]) async throws {
    try count(bareBlocking, .blocking, Bare.blocking)
    try await count(bareAsynchronous, .asynchronous, Bare.asynchronous)
    for scenario in scenarios where scenario.group.countsInstructions {
      if scenario.group == .asynchronous, case .asynchronous(let work) = try scenario.prepare() {
        try await count(scenario.fullName, scenario.group, work)
      } else {
        try countOnThread(scenario)
      }
    }
  }

  /// By itself: what stood in the frame above would move the frames of asynchronous calls, whose allocator takes more instructions where they leave
  /// a piece of its memory.
  @inline(never)
  private static func countOnThread(_ scenario: Scenario) throws {
    switch try scenario.prepare() {
    case .blocking(let work): try count(scenario.fullName, scenario.group, work)
    case .compared(let work, over: let other):
      try count(scenario.fullName, scenario.group, work)
      try count(bare(of: scenario.fullName), scenario.group, other)
    case .asynchronous, .contended, .figure: break
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
