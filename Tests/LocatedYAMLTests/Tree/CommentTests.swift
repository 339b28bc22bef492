import LocatedYAML
import Testing

@Suite("Comments")
struct CommentTests {
  @Test("comments are found between values, also behind a block scalar's mark")
  func found() {
    let document = load(
      "# top\na: x # after\nb: | # head\n  # text\n  more\n# end\nc: [1, # in\n  2]\n\"#k\": '# q'\nd: a#b\n")
    #expect(document.comments.map(\.text) == ["# top", "# after", "# head", "# end", "# in"])
    #expect(document.comments.map(\.ownLine) == [true, false, false, true, false])
    #expect(document.place(document.comments[1].span) == "2:6 # after")
    #expect(document.problems.isEmpty)
  }

  @Test("a comment in a file of comments, behind a byte order mark, at the end without a line end")
  func edges() {
    #expect(load("# only").comments.map(\.text) == ["# only"])
    #expect(load("\u{FEFF}# c\na: 1").comments.map(\.ownLine) == [true])
    #expect(load("a: 1 # é ü").comments.map(\.text) == ["# é ü"])
    #expect(load("a: &x # why\n  1\nb: *x # so\n").comments.map(\.text) == ["# why", "# so"])
  }

  @Test(
    "a comment that nothing separates from a value is reported",
    arguments: [
      ("a: \"x\"#c", "1:7 #", "a: \"x\" #c"), ("a: [1]#c", "1:7 #", "a: [1] #c"), ("a: 5s#c", "1:6 #", "a: 5s #c"),
      ("a: |#c\n  x", "", ""),
    ])
  func missingSpace(text: String, place: String, fixed: String) throws {
    let document = load(text)
    guard !place.isEmpty else { return #expect(!document.problems.isEmpty) }
    #expect(document.places(.commentWithoutSpace) == [place])
    #expect(document.applying(try #require(document.problems[0].fix)) == fixed)
  }

  @Test(
    "a `#` inside a link, a colour or a name is text", arguments: ["a: http://x/#y", "a: c#fff", "a: 'x#y'", "a#b: 1"])
  func hashInText(text: String) { #expect(kinds(text).isEmpty) }
}
