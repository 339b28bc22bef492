import LocatedYAML
import Testing

@Suite("What sound syntax can have wrong")
struct CheckTests {
  @Test("each repetition of a key is reported with the first, however it is spelled")
  func duplicates() {
    let document = load("a: 1\n\"a\": 2\nb: {c: 1, 'c': 2, \"\\x63\": 3}\na: 3\nk: &k a\n*k : 4\n")
    #expect(document.places(.duplicateKey) == ["2:1 \"a\"", "3:11 'c'", "3:19 \"\\x63\"", "4:1 a", "6:1 *k"])
    let related = document.problems.flatMap(\.related).map { document.place($0.span) }
    #expect(related == ["1:1 a", "3:5 c", "3:5 c", "1:1 a", "1:1 a"])
  }

  @Test("keys of a large map are compared too")
  func largeMap() {
    let keys = (0..<2_000).map { "key-\($0): 1\n" }.joined()
    #expect(kinds(keys).isEmpty)
    let document = load(keys + "key-77: 2\n\"key-1999\": 2\n")
    #expect(document.places(.duplicateKey) == ["2001:1 key-77", "2002:1 \"key-1999\""])
  }

  @Test("two spellings of an accented letter are two keys, in small maps and large ones")
  func composition() {
    #expect(kinds("\u{E9}: 1\ne\u{301}: 2\n").isEmpty)
    let others = (0..<20).map { "k\($0): 1\n" }.joined()
    #expect(kinds(others + "\u{E9}: 1\ne\u{301}: 2\n").isEmpty)
  }

  @Test(
    "empty and null values",
    arguments: [
      ("a:\nb: 1\n", "1:1 a"), ("a: ~\n", "1:4 ~"), ("a: null\n", "1:4 null"), ("a: NULL # c\n", "1:4 NULL"),
      ("a:\n  - 1\n  -\n", "3:3 -"), ("a: [~]\n", "1:5 ~"), ("a: {b}\n", "1:5 b"), ("a: &x\nb: *x\n", "1:1 a"),
      ("? a\n", "1:3 a"),
    ])
  func emptyValues(text: String, place: String) { #expect(load(text).places(.emptyValue) == [place]) }

  @Test("an empty text and a quoted null are values")
  func values() { #expect(kinds("a: ''\nb: \"null\"\nc: '~'\nd: nullable\n").isEmpty) }

  @Test("a flow entry without a space is told from one without a value")
  func flowEntry() throws {
    let document = load("{\"a\": 1,b:2}")
    let problem = try #require(document.problems.first)
    #expect(problem.kind == .emptyValue && problem.message.contains("space is missing"))
    #expect(document.applying(try #require(problem.fix)) == "{\"a\": 1,b: 2}")
  }

  @Test("anchors and aliases that do not fit together")
  func anchors() {
    let document = load("a: &base 1\nb: *bsae\nc: &base 2\nd: [*base, &z [*z]]\ne: *last\nf: &last 1\n")
    #expect(document.places(.undefinedAlias) == ["2:4 *bsae", "5:4 *last"])
    #expect(document.places(.anchorRedefined) == ["3:4 &base"])
    #expect(document.places(.aliasCycle) == ["4:16 *z"])
    #expect(document.places(.anchorUnused) == ["6:4 &last"])
    let undefined = document.problems.filter { $0.kind == .undefinedAlias }
    #expect(undefined[0].help?.contains("*base") == true && undefined[1].help?.contains("before") == true)
    #expect(document.root?.value("b")?.resolved.kind == .alias)
    #expect(document.root?.value("d")?.items[1].items[0].target == nil)
  }

  @Test("an anchored key may be named in its own value, an anchor dies with its document")
  func anchorScope() {
    #expect(kinds("&a a: *a\n").isEmpty)
    #expect(kinds("a: &x [*x]\n") == [.aliasCycle])
    #expect(load("a: &x 1\nb: *x\n---\nc: *x\n").places(.undefinedAlias) == ["4:4 *x"])
  }

  @Test(
    "tags",
    arguments: [
      ("a: !!str 3\n", "1:4 !!str", "a: 3\n"), ("a: !Ref x\n", "1:4 !Ref", "a: x\n"),
      ("a: !<tag:x> x\n", "1:4 !<tag:x>", "a: x\n"),
      ("a: !important\n", "1:4 !important", "a: \"!important\"\n"),
    ])
  func tags(text: String, place: String, fixed: String) throws {
    let document = load(text)
    #expect(document.problems.map(\.kind) == [.tag])
    #expect(document.places(.tag) == [place])
    #expect(document.applying(try #require(document.problems[0].fix)) == fixed)
  }

  @Test("merge keys are reported each, never as repetitions, and not when quoted")
  func mergeKeys() {
    #expect(kinds("a: &a {x: 1}\n<<: *a\nb: {<<: *a, <<: *a}\n") == [.mergeKey, .mergeKey, .mergeKey])
    #expect(kinds("\"<<\": 1\n").isEmpty)
  }

  @Test("keys that other tools read as booleans", arguments: ["on", "Off", "YES", "y", "n", "NO", "true", "False"])
  func booleanKeys(key: String) throws {
    let document = load("\(key): 1\n")
    #expect(document.problems.map(\.kind) == [.booleanLookingKey])
    #expect(document.applying(try #require(document.problems[0].fix)) == "\"\(key)\": 1\n")
  }

  @Test(
    "other keys and values are not",
    arguments: ["once: 1", "yEs: 1", "\"on\": 1", "a: on", "nope: 1", "x-a: {on: 1, b: }"])
  func ordinaryKeys(text: String) { #expect(kinds(text).isEmpty) }

  @Test(
    "a key has to be a text",
    arguments: [("[a]: 1\n", "1:1 [a]"), ("{a: 1}: 1\n", "1:1 {a: 1}"), ("? - a\n: 1\n", "1:3 - a")])
  func complexKeys(text: String, place: String) { #expect(load(text).places(.syntax) == [place]) }

  @Test("a template is one finding, not a map with a map for a key and no values")
  func template() { #expect(kinds("a: {{ x }}\nb: 1\n") == [.syntax]) }

  @Test("no document", arguments: ["", "\n\n", "# c\n", "---\n", "---\n# c\n...\n"])
  func noDocument(text: String) {
    let document = load(text)
    #expect(document.problems.map(\.kind) == [.documentCount])
    #expect(document.root == nil)
  }

  @Test("several documents: the second mark is reported, the first document read, all checked")
  func severalDocuments() {
    let document = load("---\na: 1\n---\nb: 1\nb: 2\n---\nc: 1\n")
    #expect(document.places(.documentCount) == ["3:1 ---"])
    #expect(document.places(.duplicateKey) == ["5:1 b"])
    #expect(document.root?.entries.map { $0.key.text } == ["a"])
  }

  @Test("a root that is no map")
  func rootNotMapping() throws {
    #expect(
      kinds("- a\n") == [.rootNotMapping] && kinds("hello\n") == [.rootNotMapping]
        && kinds("[a]\n") == [.rootNotMapping])
    let space = load("a:\u{A0}1\n")
    #expect(space.problems.map(\.kind) == [.rootNotMapping])
    #expect(space.problems[0].notes.joined().contains("U+00A0"))
    #expect(space.applying(try #require(space.problems[0].fix)) == "a: 1\n")
    let missing = load("a:1\n")
    #expect(missing.applying(try #require(missing.problems[0].fix)) == "a: 1\n")
  }

  @Test("problems come in file order and each kind can happen")
  func order() {
    let document = load("b: !t 1\na:\na: 1\non: 1\nx: &u 1\n<<: 1\n")
    let starts = document.problems.map(\.span.start)
    #expect(starts == starts.sorted() && starts.count == 6)
  }
}
