internal import LocatedYAML

/// Which overrides make up an environment.
struct EnvironmentChain {
  /// The environment first, then those it extends.
  private(set) var environments: [Environment] = []
  private(set) var problem: Problem?

  enum Problem {
    /// The `extends` of an environment names none.
    case undefined(Node)
    /// The names from one that comes again.
    case cycle([String], Node)
  }

  init(_ name: String, in catalogue: Catalogue) {
    var next = catalogue.environments[name]
    while let environment = next {
      environments.append(environment)
      guard let parent = environment.overlay.parent, parent.kind == .scalar else { return }
      if let start = environments.firstIndex(where: { $0.name == parent.text }) {
        problem = .cycle(environments[start...].map(\.name), parent)
        return
      }
      next = catalogue.environments[parent.text]
      if next == nil { problem = .undefined(parent) }
    }
  }
}
