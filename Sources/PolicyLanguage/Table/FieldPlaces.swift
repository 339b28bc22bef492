/// In which kinds of map a field's name is legal.
enum FieldPlaces {
  /// The titles of the maps that have the field, outermost first.
  static func titles(of field: String) -> [String] { index[field] ?? [] }

  /// A kind of map, and where the first of its kind stands: `breakers.NAME.open`.
  struct Place: Sendable {
    let section: SectionFacts
    let path: String
  }

  /// Every kind of map of the language once, outermost first.
  static let sections: [Place] = {
    var found: [Place] = []
    var titles: Set<String> = []
    var waiting = [Place(section: FileTable.file.facts, path: "")]
    while let next = waiting.first {
      waiting.removeFirst()
      guard titles.insert(next.section.title).inserted else { continue }
      found.append(next)
      for field in next.section.fields where field.availability == .available {
        let path = next.path.isEmpty ? field.name : "\(next.path).\(field.name)"
        waiting += field.shape.places(path)
      }
    }
    return found
  }()

  private static let index: [String: [String]] = {
    var index: [String: [String]] = [:]
    for section in sections.map(\.section) {
      for field in section.fields where field.availability == .available {
        index[field.name, default: []].append(section.title)
      }
    }
    return index
  }()
}

extension Shape {
  /// The kinds of map in this shape, those behind names and in lists included, with their places.
  fileprivate func places(_ path: String) -> [FieldPlaces.Place] {
    switch self {
    case .map(let facts): [FieldPlaces.Place(section: facts, path: path)]
    case .either(let shapes): shapes.flatMap { $0.places(path) }
    case .list(let each): each.places(path + "[]")
    case .named(let each, _): each.places(path + ".NAME")
    default: []
    }
  }
}
