/// The measurements for programs: one object a line of the table.
struct JSONReport {
  let measurements: [Measurement]

  var text: String {
    "[\n" + measurements.map { "  " + object($0) }.joined(separator: ",\n") + "\n]"
  }

  private func object(_ measurement: Measurement) -> String {
    var members = [
      ("group", quoted(measurement.scenario.group.rawValue)), ("name", quoted(measurement.scenario.name)),
    ]
    let numbers: [(String, Double?)] = [
      ("nanosecondsOverBare", measurement.median), ("best", measurement.best), ("bare", measurement.bare),
      ("allocations", measurement.allocations?.blocks), ("allocatedBytes", measurement.allocations?.bytes),
      ("instructions", measurement.instructions), ("figure", measurement.figure?.value),
    ]
    members += numbers.compactMap { name, value in value.map { (name, "\($0.rounded(to: 4))") } }
    if let figure = measurement.figure { members += [("unit", quoted(figure.unit)), ("note", quoted(figure.note))] }
    if let meets = measurement.meetsTarget { members.append(("meetsTarget", "\(meets)")) }
    return "{" + members.map { "\(quoted($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
  }

  /// Names and notes are of this program's making: they have quotation marks and backslashes at most.
  private func quoted(_ text: String) -> String {
    "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
  }
}
