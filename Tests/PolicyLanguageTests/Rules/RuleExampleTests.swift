import LocatedYAML
import PolicyLanguage
import Testing

private func findings(_ example: RuleExample) -> [Diagnostic] {
  let loader = PolicyLoader { path in
    path == "policies.yaml" ? .success(example.bytes) : readFile("absent/" + path, limit: 0)
  }
  return loader.loadAllEnvironments("policies.yaml").diagnostics
}

@Test("Every rule's bad example fires it and no other, at its line", arguments: RuleCatalog.languageRules)
func badExample(_ rule: Rule) throws {
  guard let bad = rule.bad else { return }
  let found = findings(bad)
  let line = try #require(bad.line)
  #expect(found.map(\.brief) == ["\(rule.code):\(line)"], "\(found.map(\.message))")
}

@Test("Every rule's good example is silent", arguments: RuleCatalog.languageRules)
func goodExample(_ rule: Rule) {
  let found = findings(rule.good)
  #expect(found.isEmpty, "\(found.map { "\($0.brief) \($0.message)" })")
}
