import LocatedYAML

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

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
    let directory = try makeDirectory()
    let output = directory + "/counts"
    defer { remove(directory) }
    let options = ["-q", "--tool=callgrind", "--instr-atstart=no", "--callgrind-out-file=\(output)"]
    // Valgrind 3.19 gives up on Swift's debug information.
    let program = directory + "/program"
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

  private static func makeDirectory() throws(Unavailable) -> String {
    var template = Array("/tmp/resilience-benchmarks-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw Unavailable(reason: "no directory for its output") }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func remove(_ directory: String) {
    var number = 0
    for name in ["counts", "program"] { unsafe unlink("\(directory)/\(name)") }
    repeat { number += 1 } while unsafe unlink("\(directory)/counts.\(number)") == 0
    unsafe rmdir(directory)
  }

  private static func run(_ words: [String]) throws(Unavailable) {
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
    var child = pid_t()
    guard unsafe posix_spawnp(&child, words[0], nil, nil, &arguments, environ) == 0 else {
      throw Unavailable(reason: "\(words[0]) is not installed")
    }
    var status: Int32 = 0
    guard unsafe waitpid(child, &status, 0) == child, status == 0 else {
      throw Unavailable(reason: "\(words[0]) ended with status \(status)")
    }
  }
}
