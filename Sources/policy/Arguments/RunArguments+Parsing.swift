internal import PolicyLanguage
internal import ResilienceCore

extension RunArguments {
  /// Reads what follows `policy run`. Everything after `--` is the command, untouched.
  static func parse(_ words: [String]) throws(UsageError) -> RunArguments {
    guard let separator = words.firstIndex(of: "--") else {
      throw UsageError("the command is missing: policy run OPERATION -- COMMAND [ARGUMENT]...")
    }
    var arguments = RunArguments()
    try arguments.read(Array(words[..<separator]))
    guard !arguments.operation.isEmpty else { throw UsageError("the operation's name is missing") }
    let command = words[(separator + 1)...]
    guard let program = command.first, !program.isEmpty else { throw UsageError("no command follows `--`") }
    arguments.command = Command(program, Array(command.dropFirst()))
    return arguments
  }

  private mutating func read(_ words: [String]) throws(UsageError) {
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("-") else {
        try take(operation: word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let option = RunOption(rawValue: parts[0]) else {
        throw UsageError("unknown option `\(parts[0])`; options are \(RunOption.list)")
      }
      guard option.takesValue else {
        guard parts.count == 1 else { throw UsageError("`\(option.rawValue)` takes no value") }
        isQuiet = true
        continue
      }
      guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
        throw UsageError("`\(option.rawValue)` needs a value: \(option.example)")
      }
      try set(option, to: value)
    }
  }

  private mutating func take(operation word: String) throws(UsageError) {
    guard operation.isEmpty else {
      throw UsageError("two operations, `\(operation)` and `\(word)`; the command goes after `--`")
    }
    operation = word
  }

  private mutating func set(_ option: RunOption, to value: String) throws(UsageError) {
    switch option {
    case .policies: policies = value
    case .environment: environment = value
    case .label: try add(value, to: \.labels, of: option)
    case .operation: try add(value, to: \.operations, of: option)
    case .handler: try add(value, to: \.handlers, of: option)
    case .grace:
      guard let nanoseconds = DurationText.nanoseconds(value),
        nanoseconds <= DurationText.longest
      else { throw UsageError("`\(value)` is no duration; write `\(option.example)`") }
      grace = Duration(nanoseconds: nanoseconds)
    case .quiet: break
    }
  }

  private mutating func add(
    _ pair: String, to entries: WritableKeyPath<RunArguments, [String: String]>, of option: RunOption
  ) throws(UsageError) {
    let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw UsageError("`\(option.rawValue)` wants NAME=VALUE, not `\(pair)`: \(option.example)")
    }
    guard self[keyPath: entries].updateValue(parts[1], forKey: parts[0]) == nil else {
      throw UsageError("`\(option.rawValue)` gives `\(parts[0])` twice")
    }
  }
}

/// The options of `policy run`.
private enum RunOption: String, CaseIterable {
  case policies = "--policies"
  case environment = "--environment"
  case label = "--label"
  case operation = "--operation"
  case handler = "--handler"
  case grace = "--grace"
  case quiet = "--quiet"

  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

  var takesValue: Bool { self != .quiet }

  var example: String {
    switch self {
    case .policies: "--policies policies.yaml"
    case .environment: "--environment production"
    case .label: "--label tenant=acme"
    case .operation: "--operation users.get-replica='curl -fsS http://replica/users'"
    case .handler: "--handler rules='cat default.json'"
    case .grace: "--grace 5s"
    case .quiet: "--quiet"
    }
  }
}
