import PolicyCompiler
import PolicyLanguage
import Testing

@Suite("Finding the entry of an operation")
struct OperationDirectoryTests {
  private func entry(of name: String, among names: [String]) throws -> String? {
    let operations = names.map { "  \"\($0)\": all\n" }.joined()
    let graph = try compile("version: 1\npipelines:\n  all: [{deadline: 2s}]\noperations:\n\(operations)")
    return graph.definition(for: name)?.name
  }

  @Test("An equal name beats every pattern")
  func exact() throws {
    #expect(try entry(of: "users.get", among: ["**", "users.*", "users.get"]) == "users.get")
  }

  @Test(
    "Segment by segment a literal beats one wildcard, and that beats the rest",
    arguments: [
      ("a.b.c", "a.b.*"), ("a.x.c", "a.*.c"), ("a.b.d.e", "a.b.**"), ("a.x.y", "a.**"), ("z", "**"), ("a.b", "a.b.**"),
      ("a", "a.**"),
    ])
  func patterns(name: String, expected: String) throws {
    #expect(try entry(of: name, among: ["**", "a.**", "a.*.c", "a.b.*", "a.b.**"]) == expected)
  }

  @Test("A beginning that leads nowhere gives way to a less specific one")
  func steppingBack() throws {
    #expect(try entry(of: "a.b.z", among: ["a.b.c.*", "a.*.z"]) == "a.*.z")
    #expect(try entry(of: "a.b", among: ["a.b.*", "**"]) == "**")
  }

  @Test("Nothing fits: no entry")
  func nothing() throws {
    #expect(try entry(of: "b.c", among: ["a.*", "b"]) == nil)
    #expect(try entry(of: "", among: ["a.*"]) == nil)
  }
}
