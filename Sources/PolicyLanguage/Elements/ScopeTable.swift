enum ScopeTable {
  /// The scope of a mechanism that can have all of them.
  static let scope = Section(
    "scope", "Whose calls share one instance.", InstanceScope.shared,
    shorthands: [
      .word(Word("shared", "one instance for all calls that name it")) { $0 = .shared },
      .word(Word("operation", "one instance for each operation")) { $0 = .operation },
      .word(Word("target", "one instance for each target")) { $0 = .target },
    ]
  ) {
    Field(
      "key", .label, to: \.label, mandatory: true, "the label of the call whose values have one instance each",
      example: "tenant")
  }
}

extension InstanceScope {
  /// The label of a keyed scope.
  fileprivate var label: String? {
    get { if case .key(let label) = self { label } else { nil } }
    set { if let newValue { self = .key(newValue) } }
  }
}

extension Notation<InstanceScope> {
  static var scope: Notation { Notation.map(ScopeTable.scope).comparable().showing { $0 == .shared ? "shared" : nil } }
}
