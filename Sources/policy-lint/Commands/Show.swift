import PolicyLanguage

extension Command {
  static let show = Command(
    name: "show", usage: "show preset.NAME", summary: "Prints a built-in preset as it would stand in a file.",
    details: { "There are \(PresetCatalog.names.joined(separator: ", ")).\n" },
    run: { arguments throws(UsageError) in
      let name = try operands(arguments, ["preset.NAME"], of: "show")[0]
      if let text = PresetCatalog.show(name) { return printText(text) }
      let names = PresetCatalog.names
      throw UsageError(
        "there is no preset `\(name)`",
        help: NearestName(to: name, among: names).question ?? "there are \(names.joined(separator: ", "))")
    })

  static let schema = Command(
    name: "schema", usage: "schema", summary: "Prints the JSON Schema of policy files, for editors.", details: { "" },
    run: { arguments throws(UsageError) in
      _ = try operands(arguments, [], of: "schema")
      return printText(PolicySchema.json())
    })
}
