import LocatedYAML

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the calls that go right may cost, in numbers that do not depend on the machine's speed.
struct Gates {
  /// What one line costs a call.
  struct Cost: Sendable {
    var instructions: Double
    var referenceCounts: Double
    var allocations: Allocations
  }

  /// How many instructions a line may take that is recorded with so many.
  ///
  /// A call on the short way is counted the same to an instruction, and one locked write more is one. The long way copies memory by what
  /// the processor can do, and looks into tables of the runtime. A look-up walks past names that a seed, another one in each run, puts before its own:
  /// six instructions each, seldom more than a few.
  static func most(_ recorded: Double, of name: String) -> Double {
    if name.hasPrefix(Scenario.Group.lookUp.rawValue) { return recorded + 60 }
    return recorded < 600 ? recorded + 0.5 : recorded * 1.03
  }

  let costs: [(name: String, cost: Cost)]

  /// Measures the lines that have gates: calls on one thread that have a target.
  static func measure(_ scenarios: [Scenario], _ filters: [String]) async throws -> Gates {
    let counted = try Callgrind.count(filters)
    var costs: [(String, Cost)] = []
    for scenario in scenarios where scenario.hasGate {
      guard let count = counted[scenario.fullName] else { continue }
      let allocations: Allocations
      switch try scenario.prepare() {
      case .blocking(let work), .compared(let work, over: _): allocations = try Memory.allocations(1_000, work)
      case .asynchronous(let work): allocations = try await Memory.allocations(1_000, work)
      case .contended, .figure: continue
      }
      costs.append(
        (
          scenario.fullName,
          Cost(
            instructions: count.instructions, referenceCounts: count.referenceCounts, allocations: allocations)
        ))
    }
    return Gates(costs: costs)
  }

  /// A line each: instructions, reference counts, blocks of memory, their bytes, name.
  var text: String {
    "# instructions, changed reference counts, blocks of memory and their bytes a call; written by `make gates-record`\n"
      + costs.map { name, cost in
        let numbers = [
          cost.instructions.rounded(to: 1), cost.referenceCounts.rounded(to: 2), cost.allocations.blocks.rounded(to: 2),
          cost.allocations.bytes.rounded(to: 2),
        ]
        return numbers.map { "\($0)\t" }.joined() + "\(name)\n"
      }.joined()
  }

  init(costs: [(name: String, cost: Cost)]) { self.costs = costs }

  init(text: String) {
    costs = text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "\t")
      guard cells.count == 5, let instructions = Double(cells[0]), let references = Double(cells[1]),
        let blocks = Double(cells[2]), let bytes = Double(cells[3])
      else { return nil }
      return (
        String(cells[4]),
        Cost(
          instructions: instructions, referenceCounts: references,
          allocations: Allocations(blocks: blocks, bytes: bytes))
      )
    }
  }

  /// What is worse than `baseline`, in words; lines that are missing on either side as well.
  func problems(against baseline: Gates) -> [String] {
    let recorded = Dictionary(baseline.costs.map { ($0.name, $0.cost) }, uniquingKeysWith: { $1 })
    let measured = Set(costs.map(\.name))
    let missing = baseline.costs.map(\.name).filter { !measured.contains($0) }.map { "\($0): was not measured" }
    return missing
      + costs.flatMap { name, cost -> [String] in
        guard let allowed = recorded[name] else { return ["\(name): nothing is recorded of it"] }
        return [
          Self.problem(name, "instructions", cost.instructions, Self.most(allowed.instructions, of: name)),
          Self.problem(name, "changed reference counts", cost.referenceCounts, allowed.referenceCounts + 0.01),
          Self.problem(name, "blocks of memory", cost.allocations.blocks, allowed.allocations.blocks + 0.01),
          Self.problem(name, "bytes of memory", cost.allocations.bytes, allowed.allocations.bytes + 0.5),
        ].compactMap { $0 }
      }
  }

  private static func problem(_ name: String, _ what: String, _ measured: Double, _ allowed: Double) -> String? {
    guard measured > allowed else { return nil }
    // A gate is half an instruction wide, so that is shown.
    return "\(name): \(measured.rounded(to: 2)) \(what) a call, at most \(allowed.rounded(to: 2)) are allowed"
  }
}

extension Scenario {
  fileprivate var hasGate: Bool {
    guard group.countsInstructions, case .call(let nanoseconds, _) = target else { return false }
    return nanoseconds.isFinite
  }
}
