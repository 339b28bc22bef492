internal import LocatedYAML

/// The elements that every file can extend or name.
public enum PresetCatalog {
  /// `preset.standard` and the others, in order.
  public static var names: [String] { Array(Set(Presets.all.map(\.name))).sorted() }

  /// A preset as it would stand in a file, with what its other fields are; `nil` when there is no such preset.
  public static func show(_ name: String) -> String? {
    let found = Presets.all.filter { $0.name == name }
    guard !found.isEmpty else { return nil }
    return found.map { text(of: name, in: $0.section) }.joined(separator: "\n")
  }

  private static func text(of name: String, in section: SectionName) -> String {
    var lines = ["\(section.rawValue):", "  \(name):"]
    let node = Presets.view(name, in: section)?.node
    for field in FileTable.fields(of: section) where field.availability.isWritable {
      if let value = node?.value(field.name) {
        lines.append("    \(field.name): \(value.source.text(value.span))")
      } else if let standard = field.standard {
        lines.append("    # \(field.name): \(standard)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension FileTable {
  /// The fields of the elements of a section.
  static func fields(of section: SectionName) -> [FieldFacts] {
    guard case .named(let each, _)? = file.facts.field(section.rawValue)?.shape else { return [] }
    return each.maps.first?.fields ?? []
  }
}
