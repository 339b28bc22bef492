internal import LocatedYAML
internal import ResilienceCore

/// Findings about fields that do not go together.
extension PolicyDecoder {
  /// A field that changes nothing.
  func dead<Draft>(_ field: String, because reason: String, in filled: Filled<Draft>) {
    path.push(field, filled.view.node)
    defer { path.pop() }
    report(
      .deadField, "`\(field)` does nothing here: \(reason)", at: Location(filled.place(of: field)),
      help: "remove it")
  }

  /// A field that another one needs.
  func missingBeside<Draft>(_ field: String, _ other: String, in filled: Filled<Draft>) {
    guard let facts = filled.facts.field(field), !catalogue.mayHide([field], near: filled.view.node) else { return }
    report(
      .missingField, "`\(other)` needs `\(field)`", at: Location(filled.place(of: other)),
      help: "for example `\(field): \(facts.example)`")
  }

  /// Two counts of which the second is the smaller one.
  func reversed<Draft>(_ small: String, _ low: Int, _ large: String, _ high: Int, in filled: Filled<Draft>) {
    path.push(large, filled.view.node)
    defer { path.pop() }
    report(
      .outOfRange, "`\(large)` is \(high), less than `\(small)`, which is \(low)",
      at: Location(filled.place(of: large)),
      related: [Diagnostic.Related(Location(filled.place(of: small)), "`\(small)` is here")])
  }

  /// Two durations of which the second is not the shorter one.
  func ordered<Draft>(_ small: String, _ low: Duration?, _ large: String, _ high: Duration?, in filled: Filled<Draft>) {
    guard let low, let high, high < low else { return }
    path.push(large, filled.view.node)
    defer { path.pop() }
    report(
      .outOfRange,
      "`\(large)` is \(DurationText.show(high) ?? "0s"), less than `\(small)`, which is \(DurationText.show(low) ?? "0s")",
      at: Location(filled.place(of: large)),
      related: [Diagnostic.Related(Location(filled.place(of: small)), "`\(small)` is here")])
  }
}
