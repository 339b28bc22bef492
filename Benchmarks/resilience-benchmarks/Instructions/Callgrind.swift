import LocatedYAML

/// What a call of a line costs in instructions above the bare call, and how many reference counts it changes.
struct InstructionsPerCall: Sendable {
  let instructions: Double
  let referenceCounts: Double

  fileprivate func less(_ bare: InstructionsPerCall) -> InstructionsPerCall {
    InstructionsPerCall(
      instructions: instructions - bare.instructions, referenceCounts: referenceCounts - bare.referenceCounts)
  }
}

/// Runs this program under valgrind and reads what that counted.
enum Callgrind {
  struct Unavailable: Error {
    let reason: String
  }

  /// By the lines' full names.
  static func count(_ filters: [String]) throws(Unavailable) -> [String: InstructionsPerCall] {
    let folder = try makeFolder()
    let output = folder.path + "/counts"
    let options = ["-q", "--tool=callgrind", "--instr-atstart=no", "--callgrind-out-file=\(output)"]
    // Valgrind 3.19 gives up on Swift's debug information.
    let program = folder.path + "/program"
    try run(["strip", "-g", "-o", program, CommandLine.arguments.first ?? ""])
    try run(["valgrind"] + options + [program, "--under-valgrind"] + filters.flatMap { ["--filter", $0] })
    return perCall(profiles(at: output))
  }

  private static func perCall(_ profiles: [InstructionProfile]) -> [String: InstructionsPerCall] {
    let named = Dictionary(profiles.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    func perCall(_ name: String, _ group: Scenario.Group) -> InstructionsPerCall? {
      let calls = Double(InstructionCount.calls(in: group))
      return named[name].map {
        InstructionsPerCall(instructions: $0.instructions / calls, referenceCounts: $0.referenceCounts / calls)
      }
    }
    let bareBlocking = perCall(InstructionCount.bareBlocking, .blocking)
    let bareAsynchronous = perCall(InstructionCount.bareAsynchronous, .asynchronous)
    var found: [String: InstructionsPerCall] = [:]
    for name in named.keys {
      guard let group = Scenario.Group.allCases.first(where: { name.hasPrefix("\($0.rawValue): ") }),
        let whole = perCall(name, group)
      else { continue }
      let bare =
        perCall(InstructionCount.bare(of: name), group) ?? (group == .asynchronous ? bareAsynchronous : bareBlocking)
      found[name] = bare.map(whole.less) ?? whole
    }
    return found
  }

  private static func profiles(at output: String) -> [InstructionProfile] {
    var profiles: [InstructionProfile] = []
    while case .success(let bytes) = readFile("\(output).\(profiles.count + 1)", limit: 1 << 28),
      let profile = InstructionProfile(String(decoding: bytes, as: UTF8.self))
    {
      profiles.append(profile)
    }
    return profiles
  }

  private static func makeFolder() throws(Unavailable) -> TemporaryFolder {
    do { return try TemporaryFolder() } catch { throw Unavailable(reason: "no directory for its output") }
  }

  private static func run(_ words: [String]) throws(Unavailable) {
    do throws(Program.NotRun) { _ = try Program.run(words) } catch { throw Unavailable(reason: error.reason) }
  }
}
