import LocatedYAML
import Testing

@Suite("Nodes that are written alike")
struct WritingTests {
  private func nodes(_ text: String) throws -> (Node, Node) {
    let root = try #require(load(text).root)
    return (try #require(root.value("x")), try #require(root.value("y")))
  }

  @Test(
    "equal bytes are alike wherever they stand",
    arguments: [
      "x: {a: 1, b: [2, 'c']}\ny: {a: 1, b: [2, 'c']}\n", "x: \"t\\n\"\nz: 1\ny: \"t\\n\"\n", "x: 60s\ny: 60s\n",
      "x:\n  a: 1\n  b: {c: 2}\nz:\ny:\n  a: 1\n  b: {c: 2}\n",
    ])
  func alike(text: String) throws {
    let (x, y) = try nodes(text)
    #expect(x.isWritten(like: y))
    #expect(x.hashOfWriting != nil && x.hashOfWriting == y.hashOfWriting)
  }

  @Test(
    "other bytes, another style and other nodes in the same bytes are not",
    arguments: [
      "x: {a: 1}\ny: {a: 2}\n", "x: 'a'\ny: a\n", "x: 123456789\ny: 12345678\n",
      "x:\n    a:\n    b: 2\ny:\n  a:\n    b: 2\n",
      "x: |\n  a\ny: |\n  a\n",
    ])
  func different(text: String) throws {
    let (x, y) = try nodes(text)
    #expect(!x.isWritten(like: y))
  }

  @Test("where a name may stand for something else, nothing is told")
  func aliases() throws {
    let (x, _) = try nodes("a: &n 1\nx: {b: *n}\ny: 1\n")
    #expect(x.hashOfWriting == nil)
  }
}
