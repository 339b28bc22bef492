/// What the command line asks for.
struct Arguments: Sendable {
  static let usage = """
    usage: resilience-benchmarks [--filter TEXT]... [--quick] [--json] [--chart FILE]
           resilience-benchmarks --instructions [--filter TEXT]...
           resilience-benchmarks --gates FILE | --record-gates FILE
           resilience-benchmarks --help

      --filter TEXT        only lines whose group or name contains TEXT
      --quick              few calls, to see that everything runs; the figures mean nothing
      --json               an array of objects instead of the table
      --chart FILE         write a chart of the calls as SVG as well
      --instructions       count instructions with valgrind instead of time
      --gates FILE         compare instructions and memory with a recorded baseline
      --record-gates FILE  record that baseline
      --help               print this
    """

  enum Mode: Sendable {
    case time
    case instructions
    /// Run by this program itself, under valgrind.
    case underValgrind
    case gates(String)
    case recordGates(String)
    case help
  }

  var mode = Mode.time
  var filters: [String] = []
  var isQuick = false
  var isJSON = false
  var chart: String?

  init(_ words: [String]) throws(WrongUsage) {
    var rest = words[...]
    while let word = rest.popFirst() {
      switch word {
      case "--filter": filters.append(try Self.value(of: word, from: &rest))
      case "--quick": isQuick = true
      case "--json": isJSON = true
      case "--chart": chart = try Self.value(of: word, from: &rest)
      case "--instructions": mode = .instructions
      case "--under-valgrind": mode = .underValgrind
      case "--gates": mode = .gates(try Self.value(of: word, from: &rest))
      case "--record-gates": mode = .recordGates(try Self.value(of: word, from: &rest))
      case "--help", "-h": mode = .help
      default: throw WrongUsage(word: word)
      }
    }
  }

  private static func value(of word: String, from rest: inout ArraySlice<String>) throws(WrongUsage) -> String {
    guard let value = rest.popFirst() else { throw WrongUsage(word: word) }
    return value
  }

  /// Whether the command line asks for this line.
  func wants(_ scenario: Scenario) -> Bool {
    filters.isEmpty || filters.contains { "\(scenario.group.rawValue): \(scenario.name)".contains($0) }
  }
}

struct WrongUsage: Error {
  let word: String
}
