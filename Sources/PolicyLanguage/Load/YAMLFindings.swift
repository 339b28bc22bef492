internal import LocatedYAML

extension Diagnostic {
  /// A finding of the text or YAML level, under its rule.
  init(_ problem: Problem, in source: SourceText) {
    func place(_ span: ByteSpan) -> Location { Location(source: source, span: span) }
    self.init(
      Rule(for: problem.kind), problem.message, at: place(problem.span),
      related: problem.related.map { Related(place($0.span), $0.message) }, notes: problem.notes, help: problem.help,
      fix: problem.fix.map { edits in Fix(.safe, edits.map { Fix.Edit(place($0.span), $0.replacement) }) })
  }
}

extension Rule {
  fileprivate init(for kind: Problem.Kind) {
    self =
      switch kind {
      case .notUTF8: .notUTF8
      case .forbiddenCharacter: .forbiddenCharacter
      case .otherEncoding: .otherEncoding
      case .syntax: .syntax
      case .limit: .limit
      case .documentCount: .documentCount
      case .rootNotMapping: .rootNotMapping
      case .duplicateKey: .duplicateKey
      case .emptyValue: .emptyValue
      case .tag: .tag
      case .undefinedAlias: .undefinedAlias
      case .aliasCycle: .aliasCycle
      case .anchorRedefined, .anchorUnused: .anchorUse
      case .mergeKey: .mergeKey
      case .booleanLookingKey: .booleanLookingKey
      case .commentWithoutSpace: .commentWithoutSpace
      case .mixedLineEnds: .mixedLineEnds
      }
  }
}
