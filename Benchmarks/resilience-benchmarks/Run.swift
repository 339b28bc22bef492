import LocatedYAML

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One run of the program.
struct Run: Sendable {
  let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  private var scenarios: [Scenario] { Scenario.all.filter(arguments.wants) }

  /// Does it, away from the main actor, and says with what the process ends.
  @concurrent func status() async -> Int32 {
    do {
      switch arguments.mode {
      case .time: try await time()
      case .instructions: try printInstructions()
      case .underValgrind: try await InstructionCount.run(scenarios)
      case .gates(let file): return try await checkGates(file)
      case .recordGates(let file):
        let gates = try await Gates.measure(scenarios, arguments.filters)
        try writeFile(gates.text, to: file)
      case .help: print(Arguments.usage)
      }
      return 0
    } catch let error as Callgrind.Unavailable {
      complain("no instructions are counted: \(error.reason)")
      return arguments.mode.isGate ? 0 : 1
    } catch {
      complain("\(error)")
      return 1
    }
  }

  private func time() async throws {
    var measurements = await measure()
    if !arguments.isQuick { addInstructions(to: &measurements) }
    try show(measurements)
  }

  /// Without valgrind the columns stay empty, and why is said.
  private func addInstructions(to measurements: inout [Measurement]) {
    guard measurements.contains(where: \.scenario.group.countsInstructions) else { return }
    complain("counting instructions ...")
    do throws(Callgrind.Unavailable) {
      let counted = try Callgrind.count(arguments.filters)
      for index in measurements.indices {
        counted[measurements[index].scenario.fullName].map { measurements[index].take($0) }
      }
    } catch {
      complain("  not counted: \(error.reason)")
    }
  }

  /// Measures all lines; one that cannot be measured is told of and left out.
  ///
  /// Memory comes first: what calls on many threads leave behind with the allocator would be taken for free.
  private func measure() async -> [Measurement] {
    let measurer = Measurer(isQuick: arguments.isQuick)
    let scenarios = scenarios
    let isFirst = { scenarios[$0].group == .memory }
    let order = scenarios.indices.filter(isFirst) + scenarios.indices.filter { !isFirst($0) }
    var measurements = [Measurement?](repeating: nil, count: scenarios.count)
    for index in order {
      complain("\(scenarios[index].fullName) ...")
      measurements[index] = await measurer.tryToMeasure(scenarios[index])
    }
    return measurements.compactMap(\.self)
  }

  private func show(_ measurements: [Measurement]) throws {
    print(arguments.isJSON ? JSONReport(measurements: measurements).text : Table(measurements: measurements).text)
    if let chart = arguments.chart { try writeFile(Chart(measurements).svg, to: chart) }
    if measurements.count < scenarios.count { throw NotMeasured(lines: scenarios.count - measurements.count) }
  }

  private func printInstructions() throws {
    let counted = try Callgrind.count(arguments.filters)
    let measurements = scenarios.compactMap { scenario -> Measurement? in
      guard let count = counted[scenario.fullName] else { return nil }
      var measurement = Measurement(scenario)
      measurement.take(count)
      return measurement
    }
    print(arguments.isJSON ? JSONReport(measurements: measurements).text : Table(measurements: measurements).text)
  }

  private func checkGates(_ file: String) async throws -> Int32 {
    guard case .success(let bytes) = readFile(file, limit: 1 << 20) else { throw NoFile(path: file) }
    let baseline = Gates(text: String(decoding: bytes, as: UTF8.self))
    let problems = try await Gates.measure(scenarios, arguments.filters).problems(against: baseline)
    for problem in problems { complain("gate: \(problem)") }
    if problems.isEmpty { print("gates: \(baseline.costs.count) lines within what is recorded in \(file)") }
    return problems.isEmpty ? 0 : 1
  }
}

struct NotMeasured: Error {
  let lines: Int
}

struct NoFile: Error {
  let path: String
}

/// Puts a text in the place of what a file had.
func writeFile(_ text: String, to path: String) throws(NoFile) {
  guard let file = unsafe fopen(path, "w") else { throw NoFile(path: path) }
  unsafe fputs(text, file)
  guard unsafe fclose(file) == 0 else { throw NoFile(path: path) }
}

extension Arguments.Mode {
  fileprivate var isGate: Bool {
    switch self {
    case .gates, .recordGates: true
    case .time, .instructions, .underValgrind, .help: false
    }
  }
}
