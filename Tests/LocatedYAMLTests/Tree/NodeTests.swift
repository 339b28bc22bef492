import LocatedYAML
import Testing

@Suite("Nodes and their places")
struct NodeTests {
  private func value(_ text: String, _ key: String = "a") throws -> (LocatedDocument, Node) {
    let document = load(text)
    return (document, try #require(document.root?.value(key)))
  }

  @Test(
    "kinds and styles",
    arguments: [
      ("a: x", Node.Kind.scalar, Node.Style.plain), ("a: 'x'", .scalar, .singleQuoted),
      ("a: \"x\"", .scalar, .doubleQuoted),
      ("a: |\n  x", .scalar, .literal), ("a: >\n  x", .scalar, .folded), ("a: [x]", .sequence, .flow),
      ("a:\n- x", .sequence, .block), ("a: {x: 1}", .mapping, .flow), ("a:\n  x: 1", .mapping, .block),
    ])
  func kindsAndStyles(text: String, kind: Node.Kind, style: Node.Style) throws {
    let (_, node) = try value(text)
    #expect(node.kind == kind && node.style == style)
  }

  @Test(
    "texts are unescaped and folded",
    arguments: [
      ("a: plain text", "plain text"), ("a: 'it''s'", "it's"), ("a: \"x\\u00e9\\ty\"", "xé\ty"),
      ("a: \"\\N\"", "\u{85}"),
      ("a: one\n  two\n  three", "one two three"), ("a: |\n  x\n  y\n", "x\ny\n"), ("a: >-\n  x\n  y\n", "x y"),
      ("a: \"x\\0y\"", "x\0y"), ("a: ''", ""), ("a: é😀", "é😀"),
    ])
  func texts(text: String, expected: String) throws {
    let (_, node) = try value(text)
    #expect(node.text == expected)
    #expect(node.hasText(expected))
    #expect(!node.hasText(expected + "!"))
  }

  @Test(
    "spans hold the value without anchor and tag",
    arguments: [
      ("a:   x y  # c", "x y"), ("a: &n x", "x"), ("a: !t &n 'x'", "'x'"), ("a: &n # why\n  [1, 2]", "[1, 2]"),
      ("é: \"ü\"\na: ö", "ö"), ("a: &n\n  b: 1\n  c: 2\n\n# end\nd: 3", "b: 1\n  c: 2"),
      ("a:\n- 1\n- x: 2\n  y: 3\n\nz: 1", "- 1\n- x: 2\n  y: 3"),
      ("a: |  # head\n  x\n\n  y\n\n\nb: 1", "|  # head\n  x\n\n  y"),
      ("a: {b: [1, 2],\n  c: 3}\nb: 1", "{b: [1, 2],\n  c: 3}"), ("n: &n 1\na: *n", "*n"),
      ("a:\n  ? k\n  ? j\nz: 1", "? k\n  ? j"),
    ])
  func spans(text: String, expected: String) throws {
    let (document, node) = try value(text)
    #expect(document.source.text(node.span) == expected)
  }

  @Test("anchors and tags have names and places of their own")
  func properties() throws {
    let (document, node) = try value("a: &first !!str x\nb: *first")
    #expect(node.anchor == "first")
    #expect(try document.place(#require(node.anchorSpan)) == "1:4 &first")
    #expect(node.tag == "tag:yaml.org,2002:str")
    #expect(try document.place(#require(node.tagSpan)) == "1:11 !!str")
    let (_, other) = try value("a: x")
    #expect(other.anchor == nil && other.anchorSpan == nil && other.tag == nil)
  }

  @Test("an alias resolves to its node, whatever that is")
  func aliases() throws {
    let document = load("a: &n {x: 1}\nb: *n\n*n : {}\n")
    let root = try #require(document.root)
    let alias = try #require(root.value("b"))
    #expect(alias.kind == .alias && alias.entries.isEmpty)
    #expect(alias.target == root.value("a"))
    #expect(alias.resolved.value("x")?.text == "1")
    #expect(root.resolved == root && root.target == nil)
  }

  @Test("an alias under an x- key works")
  func extensionKeys() throws {
    let (document, node) = try value("x-base: &b {t: 1s, n: , y: 1}\na: *b\n")
    #expect(document.problems.isEmpty)
    #expect(node.resolved.value("t")?.text == "1s")
  }

  @Test("a plain text over two lines is folded even when folding keeps its length")
  func foldedPlain() {
    #expect(load("a: [x\n y]\n").root?.value("a")?.items.first?.text == "x y")
    #expect(load("{a: x\ny}\n").root?.value("a")?.text == "x y")
  }

  @Test("items and entries keep file order and repeated keys")
  func collections() throws {
    let root = try #require(load("a: 1\nb: [x, [y], {z: 1}]\na: 2\n").root)
    #expect(root.entries.map { $0.key.text } == ["a", "b", "a"])
    #expect(root.value("a")?.text == "1")
    #expect(root.items.isEmpty && root.value("missing") == nil)
    let list = try #require(root.value("b"))
    #expect(list.items.map(\.kind) == [.scalar, .sequence, .mapping])
    #expect(list.items[1].items.first?.text == "y")
    #expect(list.items.last?.value("z")?.text == "1")
  }

  @Test("nothing at all is told from an empty text")
  func empties() throws {
    let root = try #require(load("a:\nb: ''\nc: ~\n").root)
    #expect(root.entries.map { $0.value.isPlainEmpty } == [true, false, false])
  }

  @Test("CRLF and CR files give the same texts")
  func lineEnds() throws {
    for end in ["\n", "\r\n", "\r"] {
      let text = ["a: |", "  x", "  y", "b: one", "  two", ""].joined(separator: end)
      let root = try #require(load(text).root)
      #expect(root.value("a")?.text == "x\ny\n")
      #expect(root.value("b")?.text == "one two")
    }
  }
}
