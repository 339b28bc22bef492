import LocatedYAML
import Testing

@Suite("Plain names")
struct PlainNameTests {
  @Test(
    "words of lower-case letters, digits, `-` and `_` with single dots between them",
    arguments: ["a", "users.get", "service12.operation-345", "a_b", "0", "a-.b"])
  func plain(text: String) throws {
    let name = try #require(PlainName(text))
    let root = try #require(load("\"\(text)\": 1\n").root)
    let key = try #require(root.firstKey)
    #expect(key.tree.plainName(of: key.index)?.hash == name.hash)
  }

  @Test("other texts are none", arguments: ["", ".", ".a", "a.", "a..b", "A", "a b", "a*", "é", "a/b", "\u{212A}"])
  func others(text: String) {
    #expect(PlainName(text) == nil)
  }

  @Test("nodes that are no text have none")
  func nodes() throws {
    let root = try #require(load("a: {b: 1}\nc: [d]\n").root)
    #expect(root.tree.plainName(of: root.index) == nil)
    #expect(try #require(root.value("c")).tree.plainName(of: try #require(root.value("c")).index) == nil)
  }
}
