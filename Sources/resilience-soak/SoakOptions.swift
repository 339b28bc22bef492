/// How long to soak.
struct SoakOptions: Sendable {
  var length = Duration.seconds(600)

  /// What is printed instead of a run, and the exit status.
  struct Usage: Error {
    let text: String
    let status: Int32
  }

  private static let help = """
    usage: resilience-soak [--seconds N]

    Calls failing upstreams through every mechanism for N seconds (default 600), reloads the policies each second,
    cancels callers, and checks in the end that no permit is missing, no breaker is stuck and no memory grew.
    Exit status: 0 when all of that holds, 1 when not, 2 for wrong arguments.
    """

  static func parse(_ words: [String]) throws(Usage) -> SoakOptions {
    var options = SoakOptions()
    var rest = words[...]
    while let word = rest.popFirst() {
      switch word {
      case "--help", "-h": throw Usage(text: help, status: 0)
      case "--seconds":
        guard let value = rest.popFirst().flatMap({ Int($0) }), (1...86_400).contains(value) else {
          throw Usage(text: "resilience-soak: `--seconds` takes a whole number from 1 to 86400", status: 2)
        }
        options.length = .seconds(value)
      default: throw Usage(text: "resilience-soak: unknown argument `\(word)`\n\n\(help)", status: 2)
      }
    }
    return options
  }
}
