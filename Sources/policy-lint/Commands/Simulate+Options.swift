import PolicyLanguage
import PolicySimulation

/// What the command line of `simulate` asks for.
struct SimulateSettings {
  enum Format: String, CaseIterable {
    case human, jsonl, svg
  }

  /// How the waits of retries fall.
  enum Waits: String, CaseIterable {
    case drawn, shortest, longest
  }

  /// A format, and the file it is written to; `nil`: the standard output.
  struct Destination {
    let format: Format
    let file: String?
  }

  var environment: String?
  var seed: UInt64 = 0
  var waits = Waits.drawn
  var allowsChaos = false
  var destinations: [Destination] = []
  var upstream: UpstreamModel?
  var script: String?
  var calls: Int?
  var every: UInt64?
  var rate: String?
  var time: UInt64?
}

extension SimulateSettings {
  static let options: [Option<SimulateSettings>] = [
    Option("--upstream", "SPEC", help: "what the callee does, in phases; see above") {
      (settings, text) throws(UsageError) in
      settings.upstream = try number(text, of: "--upstream") { text throws(PlainNumber.Problem) in
        try UpstreamModel(parsing: text)
      }
    },
    Option("--calls", "N", help: "with --upstream: so many calls (default 1) …") {
      (settings, text) throws(UsageError) in
      guard let calls = Int(text), calls >= 1, calls <= SteadyLoad.limit else {
        throw UsageError(
          "`\(text)` is not a number of calls", help: "it is a whole number from 1 to \(SteadyLoad.limit)")
      }
      settings.calls = calls
    },
    Option("--every", "D", help: "… each so long after the one before: 10ms") {
      (settings, text) throws(UsageError) in
      settings.every = try number(text, of: "--every", PlainNumber.duration)
    },
    Option("--rate", "R", help: "or calls at a rate, 100/s …") {
      (settings, text) throws(UsageError) in
      _ = try number(text, of: "--rate", PlainNumber.rate)
      settings.rate = text
    },
    Option("--for", "D", help: "… for so long: 60s") {
      (settings, text) throws(UsageError) in
      settings.time = try number(text, of: "--for", PlainNumber.duration)
    },
    Option("--script", "FILE", help: "exact calls and what happens to them, one JSON object a line") {
      $0.script = $1
    },
    Option("--environment", "NAME", help: "in this environment; without it in the base") { $0.environment = $1 },
    Option("--seed", "N", help: "the seed of all chance (default 0)") {
      (settings, text) throws(UsageError) in
      guard let seed = UInt64(text) else {
        throw UsageError("`\(text)` is not a seed", help: "it is a whole number from 0 on")
      }
      settings.seed = seed
    },
    Option("--waits", "WHICH", help: "jitter is drawn (default), or makes every wait the shortest or\nthe longest") {
      (settings, text) throws(UsageError) in
      settings.waits = try choice(text, of: "--waits")
    },
    Option("--allow-chaos", help: "layers of chaos do what they say; without it they do nothing") { settings, _ in
      settings.allowsChaos = true
    },
    Option("--format", "FORMAT[=FILE]", help: "human (default), jsonl or svg; repeatable with files") {
      (settings, text) throws(UsageError) in
      settings.destinations.append(try destination(text))
    },
  ]

  private static func number<Value>(
    _ text: String, of option: String, _ parse: (String) throws(PlainNumber.Problem) -> Value
  ) throws(UsageError) -> Value {
    do throws(PlainNumber.Problem) {
      return try parse(text)
    } catch {
      throw UsageError("`\(option)`: \(error.message)", help: error.help)
    }
  }

  private static func destination(_ text: String) throws(UsageError) -> Destination {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let format: Format = try choice(parts[0], of: "--format")
    guard parts.count > 1 else { return Destination(format: format, file: nil) }
    guard !parts[1].isEmpty else { throw UsageError("`--format \(text)` names no file behind `=`") }
    return Destination(format: format, file: parts[1])
  }
}

extension SimulateSettings {
  /// How chance falls.
  var luck: Simulation.Luck {
    switch waits {
    case .drawn: .seed(seed)
    case .shortest: .shortestWaits
    case .longest: .longestWaits
    }
  }

  /// The calls of an upstream model.
  func steadyCalls(_ model: UpstreamModel) throws(UsageError) -> Simulation.Calls {
    guard let rate, let time else {
      guard rate == nil, time == nil else {
        throw UsageError(
          "`\(rate == nil ? "--for" : "--rate")` stands alone", help: "write both: `--rate 100/s --for 60s`")
      }
      guard every != nil || (calls ?? 1) == 1 else {
        throw UsageError("`--calls` does not say how often", help: "write `--calls \(calls ?? 1) --every 10ms`")
      }
      guard every == nil || calls != nil else {
        throw UsageError("`--every` does not say how many", help: "write `--calls 100 --every …`")
      }
      return .steady(SteadyLoad(calls: calls ?? 1, every: every ?? 0), model)
    }
    guard calls == nil, every == nil else {
      throw UsageError("the calls are said twice", help: "either `--calls N --every D` or `--rate R --for D`")
    }
    guard time > 0, let rate = try? PlainNumber.rate(rate), let load = SteadyLoad(rate, for: time) else {
      throw UsageError(
        time > 0 ? "these are more than \(SteadyLoad.limit) calls" : "`--for` is no time", help: "such as `--for 60s`")
    }
    return .steady(load, model)
  }
}
