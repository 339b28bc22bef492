internal import PolicyLanguage
internal import ResilienceCore

/// Which instance of a mechanism a layer uses: within its section, a name and whose calls share it. Content plays no part,
/// so a reload finds the instance again whatever its numbers are.
struct MechanismIdentity: Hashable, Sendable {
  /// Whose calls share the instance.
  // Indirect: a registry has very many instances, and most are shared by all calls.
  indirect enum Sharing: Hashable, Sendable {
    case all
    case operation(String)
    case target(String)
    /// One instance for each value of the label, kept together.
    case label(String)
  }

  let name: ElementName
  let sharing: Sharing

  init(_ name: ElementName, _ sharing: Sharing = .all) {
    self.name = name
    self.sharing = sharing
  }

  /// An operation without a target is its own target.
  init(_ name: ElementName, _ scope: InstanceScope, operation: String, target: String?) {
    self.name = name
    sharing =
      switch scope {
      case .shared: .all
      case .operation: .operation(operation)
      case .target: .target(target ?? operation)
      case .key(let label): .label(label)
      }
  }

  /// How the instance is shown: `partner`, `partner{target=payments-api}`.
  var displayName: String {
    switch sharing {
    case .all, .label: name.text
    case .operation(let operation): "\(name.text){operation=\(operation)}"
    case .target(let target): "\(name.text){target=\(target)}"
    }
  }

  /// How the instance of one value of the label is shown: `partner{tenant=a}`.
  func displayName(of key: String?) -> String {
    guard let key, case .label(let label) = sharing else { return displayName }
    return "\(name.text){\(label)=\(key)}"
  }

  /// Whether a definition with this scope still means this instance.
  func fits(_ scope: InstanceScope) -> Bool {
    switch (sharing, scope) {
    case (.all, .shared), (.operation, .operation), (.target, .target): true
    case (.label(let own), .key(let other)): own == other
    default: false
    }
  }
}
