/// In which kinds of map a field's name is legal.
enum FieldPlaces {
  /// The titles of the maps that have the field, outermost first.
  static func titles(of field: String) -> [String] { index[field] ?? [] }

  /// Every kind of map of the language once, outermost first.
  static let sections: [SectionFacts] = {
    var found: [SectionFacts] = []
    var titles: Set<String> = []
    var waiting = [FileTable.file.facts]
    while let next = waiting.first {
      waiting.removeFirst()
      guard titles.insert(next.title).inserted else { continue }
      found.append(next)
      waiting += next.fields.flatMap(\.shape.sections)
    }
    return found
  }()

  private static let index: [String: [String]] = {
    var index: [String: [String]] = [:]
    for section in sections {
      for field in section.fields where field.availability == .available {
        index[field.name, default: []].append(section.title)
      }
    }
    return index
  }()
}

extension Shape {
  /// The kinds of map in this shape, those behind names and in lists included.
  var sections: [SectionFacts] {
    switch self {
    case .map(let facts): [facts]
    case .either(let shapes): shapes.flatMap(\.sections)
    case .list(let each), .named(let each, _): each.sections
    default: []
    }
  }
}
