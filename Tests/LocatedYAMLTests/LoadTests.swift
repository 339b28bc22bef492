import LocatedYAML
import Testing

private func load(_ text: String) -> LocatedDocument {
  loadYAML(SourceText(path: "test.yaml", bytes: Array(text.utf8)))
}

@Test func readsAMap() throws {
  let document = load("a: 1\nb: &x [1, 'two', \"th\\u0072ee\"]\nc: {d: *x}\n")
  let root = try #require(document.root)
  #expect(document.problems.isEmpty)
  #expect(root.entries.map { $0.key.text } == ["a", "b", "c"])
  let list = try #require(root.value("b"))
  #expect(list.items.map(\.text) == ["1", "two", "three"])
  #expect(root.value("c")?.value("d")?.resolved == list)
  #expect(list.anchor == "x")
  #expect(document.source.text(list.span) == "[1, 'two', \"th\\u0072ee\"]")
}

@Test func reportsASyntaxError() {
  let document = load("a: [1\nb: 2\n")
  #expect(document.problems.map(\.kind) == [.syntax])
  #expect(document.root == nil)
}
