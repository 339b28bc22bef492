import CBenchmarkSupport

extension Scenario {
  /// Whole processes: they are looked for beside this program.
  static let programs: [Scenario] = [
    Scenario(.programs, "policy-lint, one file of 50 lines", .limit(5, unit: "ms")) {
      .figure { try ProgramFigures.lint(files: 1) }
    },
    Scenario(.programs, "policy-lint, 200 files of 50 lines", .limit(30, unit: "ms")) {
      .figure { try ProgramFigures.lint(files: 200) }
    },
    Scenario(.programs, "policy-lint simulate, each of 1,000,000 calls", .limit(500, unit: "ns")) {
      .figure { try ProgramFigures.simulate(calls: 1_000_000) }
    },
  ]
}

private enum ProgramFigures {
  /// Of libyaml's bare loop.
  private static let pace = Pace()

  /// The middle of runs during which the machine was not disturbed, in milliseconds. What libyaml's bare loop takes for 200 files, on one
  /// processor, tells which those are.
  static func lint(files count: Int) throws -> Figure {
    let folder = try TemporaryFolder()
    let texts = (0..<200).map(SmallFile.text)
    for (number, text) in texts.prefix(count).enumerated() { try writeFile(text, to: "\(folder.path)/\(number).yaml") }
    var runs = UndisturbedRounds(21, pace)
    while runs.wantsMore {
      let before = bare(texts)
      let took = try run(["check", folder.path]).took
      runs.add(took * 1_000, bare: max(before, bare(texts)))
    }
    let note = "libyaml alone takes \((runs.bare.median * 1_000).short) for 200"
    return Figure(value: runs.values.median, unit: "ms", note: note)
  }

  private static func bare(_ texts: [String]) -> Double {
    processorTime { for text in texts { keep(Int64(countEventsBare(Array(text.utf8)))) } }
  }

  /// A breaker, retries, a deadline and a timeout around calls that go right, in nanoseconds of the processor; what the process takes by itself is in it.
  static func simulate(calls count: Int) throws -> Figure {
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/policies.yaml"
    try writeFile(SmallFile.text(0), to: file)
    let script = ["--upstream", "ok=20ms", "--calls", "\(count)", "--every", "1ms"]
    let took = try (0..<3).map { _ in try run(["simulate", file, SmallFile.operation] + script).userTime }
    let each = (took.min() ?? 0) / Double(count) * 1e9
    return Figure(value: each, unit: "ns", note: "\((1e3 / each).rounded(to: 1)) million a second")
  }

  private static func run(_ arguments: [String]) throws -> Program {
    try Program.run([besideThisProgram("policy-lint")] + arguments, isSilent: true)
  }

  private static func besideThisProgram(_ name: String) -> String {
    let folder = CommandLine.arguments[0].split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return (folder + [name[...]]).joined(separator: "/")
  }
}

/// A file of the length that services have for some operations.
private enum SmallFile {
  static let operation = "store-0.read-0"

  static func text(_ number: Int) -> String {
    var lines = [
      "# file \(number)", "version: 1", "", "errors:",
      "  unavailable: {match: [{http: [5xx]}, {posix: [ECONNREFUSED, ECONNRESET]}]}", "", "retries:",
      "  standard: {attempts: 3, backoff: {initial: 50ms, factor: 2, max: 1s}, handle: [unavailable, timeout]}", "",
      "breakers:",
    ]
    for store in 0..<5 {
      lines += [
        "  store-\(store):", "    window: 30s", "    minimumCalls: 20", "    failureRate: 50%",
        "    open: {for: 10s, jitter: 20%}",
      ]
    }
    lines += ["", "operations:"]
    for read in 0..<(50 - lines.count) {
      let layers = "{deadline: 3s}, {retry: standard}, {breaker: store-\(read % 5)}, {timeout: 800ms}"
      lines.append("  store-\(read % 5).read-\(read): {idempotent: true, layers: [\(layers)]}")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
