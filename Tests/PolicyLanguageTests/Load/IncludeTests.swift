import LocatedYAML
import PolicyLanguage
import Testing

private let operations = "operations: {users.get: {layers: [{deadline: 2s}, {breaker: database}]}}\n"

@Test("An included file's names are this file's, found relative to the includer, each file once")
func include() throws {
  let files = [
    "etc/policies.yaml": "version: 1\ninclude: [shared/a.yaml, shared/b.yaml]\n" + operations,
    "etc/shared/a.yaml": "version: 1\ninclude: [../shared/b.yaml]\n",
    "etc/shared/b.yaml": "version: 1\nbreakers: {database: {failures: 5, open: 60s}}\n",
  ]
  let loaded = loader(files).load("etc/policies.yaml")
  let document = try #require(loaded.document, "\(loaded.diagnostics)")
  #expect(document.breakers["database"]?.location.description == "etc/shared/b.yaml:2:12")
  #expect(document.sources.map(\.path) == ["etc/policies.yaml", "etc/shared/a.yaml", "etc/shared/b.yaml"])
}

@Test(
  "Includes that are missing, absolute, outside the tree or a cycle are errors at their place",
  arguments: [
    ("absent.yaml", "no such file"), ("/etc/policies.yaml", "absolute"), ("../other.yaml", "outside"),
    ("shared/../../x.yaml", "outside"), ("policies.yaml", "includes this file"),
    ("shared/back.yaml", "includes this file"),
  ])
func badInclude(_ path: String, _ reason: String) {
  let files = [
    "etc/policies.yaml": "version: 1\ninclude: [\(path)]\n", "other.yaml": "version: 1\n",
    "etc/shared/back.yaml": "version: 1\ninclude: [../policies.yaml]\n",
  ]
  let loaded = loader(files).load("etc/policies.yaml")
  #expect(loaded.document == nil)
  #expect(loaded.diagnostics.map(\.rule.code) == ["RP314"], "\(loaded.diagnostics)")
  #expect(loaded.diagnostics.first?.message.contains(reason) ?? false, "\(loaded.diagnostics)")
}

@Test("A name in two files is an error that shows both, and names of a missing file are not missed")
func duplicateAndMissing() {
  let files = [
    "policies.yaml": "version: 1\ninclude: [a.yaml]\nbreakers: {database: {failures: 5, open: 60s}}\n" + operations,
    "a.yaml": "version: 1\nbreakers: {database: {failures: 3, open: 60s}}\n",
    "other.yaml": "version: 1\ninclude: [gone.yaml]\n" + operations,
  ]
  let loaded = loader(files).load("policies.yaml")
  #expect(
    loaded.diagnostics.map(\.description) == [
      "policies.yaml:3:12: error[RP303] breaker `database` is defined twice"
    ])
  #expect(loaded.diagnostics.first?.related.map(\.location.description) == ["a.yaml:2:12"])
  #expect(loader(files).load("other.yaml").diagnostics.map(\.rule.code) == ["RP314"])
}

@Test("A root file that cannot be read is no finding: the load is incomplete")
func missingRoot() {
  let loaded = loader([:]).load("policies.yaml")
  #expect(loaded.document == nil)
  #expect(loaded.diagnostics.isEmpty)
  #expect(loaded.incomplete.map(\.reason) == ["no such file"])
}
