import PolicyLanguage

/// Reads options into `settings` and answers what is left: the paths and names.
///
/// `--name value`, `--name=value`; behind `--` everything is a path. `-` alone is one too.
func parse<Settings>(
  _ arguments: [String], _ options: [Option<Settings>], into settings: inout Settings
) throws(UsageError) -> [String] {
  var rest = arguments[...]
  var operands: [String] = []
  while let argument = rest.popFirst() {
    if argument == "--" {
      operands += rest
      break
    }
    guard argument.hasPrefix("-"), argument != "-" else {
      operands.append(argument)
      continue
    }
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let option = try option(named: parts[0], among: options)
    guard option.placeholder != nil else {
      guard parts.count == 1 else { throw UsageError("`\(option.name)` takes no value") }
      try option.apply(&settings, "")
      continue
    }
    guard let value = parts.count > 1 ? parts[1] : rest.popFirst(), !value.isEmpty else {
      throw UsageError("`\(option.name)` needs a value: \(option.name) \(option.placeholder ?? "")")
    }
    try option.apply(&settings, value)
  }
  return operands
}

private func option<Settings>(
  named name: String, among options: [Option<Settings>]
) throws(UsageError) -> Option<Settings> {
  if let found = options.first(where: { $0.name == name }) { return found }
  throw UsageError("there is no option `\(name)`", help: NearestName(to: name, among: options.map(\.name)).question)
}

/// The word of `text` among `words`, or an error that names them.
func choice<Word: RawRepresentable & CaseIterable>(
  _ text: String, of option: String, as type: Word.Type = Word.self
) throws(UsageError) -> Word where Word.RawValue == String {
  if let word = Word(rawValue: text) { return word }
  let words = Word.allCases.map(\.rawValue)
  throw UsageError(
    "`\(text)` is no value of `\(option)`",
    help: NearestName(to: text, among: words).question ?? "it takes " + words.joined(separator: ", "))
}
