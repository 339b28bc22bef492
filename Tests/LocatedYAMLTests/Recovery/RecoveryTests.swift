import LocatedYAML
import Testing

@Suite("Recovery from syntax errors")
struct RecoveryTests {
  private let fourMistakes = """
    version: 1
    retries:
      first:3
        x: 1
      second: {attempts: 3
      healthy: {attempts: 4}
    breakers:
      third: "x
      fine: {open: 5s}
    \tfourth: 1
    pipelines:
      read: [{retry: healthy}]

    """

  @Test("four different mistakes give four findings, and healthy entries stay")
  func fourFindings() throws {
    let document = load(fourMistakes)
    #expect(document.problems.map(\.kind) == [.syntax, .syntax, .syntax, .syntax])
    #expect(document.problems.map { document.source.position(of: $0.span.start).line } == [3, 5, 8, 10])
    let root = try #require(document.root)
    #expect(root.entries.map { $0.key.text } == ["version", "retries", "breakers", "pipelines"])
    #expect(root.value("retries")?.entries.map { $0.key.text } == ["healthy"])
    #expect(root.value("breakers")?.entries.map { $0.key.text } == ["fine"])
    #expect(document.blankedSpans.map { document.source.position(of: $0.start).line } == [3, 5, 8, 10])
  }

  @Test("what lost an entry is known: a map with less in it, and one with nothing left")
  func lackingEntries() throws {
    let document = load("a:\n  b: 1\n  c: \"x\n\nd:\n  e: [1\nf: {g: 1}\n")
    let root = try #require(document.root)
    #expect(document.mayLackEntries(try #require(root.value("a"))))
    #expect(document.mayLackEntries(try #require(root.value("d"))))
    #expect(!document.mayLackEntries(try #require(root.value("f"))))
    #expect(document.mayLackEntries(root))
    #expect(document.problems.map(\.kind) == [.syntax, .syntax])
  }

  @Test("an anchor in a blanked entry is not called undefined, an alias there not missing")
  func references() {
    #expect(kinds("a: &x [1\nb: *x\n") == [.syntax])
    #expect(kinds("a: &x 1\nb: [*x\nc: 1\n") == [.syntax])
  }

  @Test("a block scalar before a blanked entry keeps its text")
  func blockScalar() {
    let document = load("a: |\n  x\n\nb: \"y\nc: 1\n")
    #expect(document.root?.value("a")?.text == "x\n")
    #expect(document.root?.value("c")?.text == "1")
  }

  @Test("a mistake in brackets over many lines leaves out the entry they belong to")
  func brackets() {
    let document = load("a:\n  [1,\n  %x\n  ]\nb: {\n  c: @\n}\nd: 1\n")
    #expect(document.problems.map(\.kind) == [.syntax, .syntax])
    #expect(document.root?.value("d")?.text == "1")
  }

  @Test("comments of a blanked entry are gone, the others stay")
  func comments() {
    let document = load("# one\na: \"x # two\nb: 1 # three\n")
    #expect(document.comments.map(\.text) == ["# one", "# three"])
  }

  @Test("columns behind letters of two bytes stay right after blanking")
  func columns() {
    let document = load("ä: \"ö\nß: [ü\nc: é: x\nd: 1\n")
    #expect(document.problems.map { document.place($0.span) } == ["1:4 \"", "2:4 [", "3:5 :"])
  }

  @Test("after twenty mistakes the rest is not read")
  func manyMistakes() throws {
    let document = load((1...40).map { "k\($0): @\n" }.joined())
    #expect(document.problems.count == 20)
    #expect(document.root == nil)
    #expect(try #require(document.problems.last).notes.joined().contains("not read"))
  }

  @Test("a file that is one mistake has no root")
  func nothingLeft() {
    let document = load("{a: 1\n")
    #expect(document.problems.map(\.kind) == [.syntax])
    #expect(document.root == nil)
  }

  @Test("a mistake around a blanked entry is reported too")
  func enclosingMistake() {
    let document = load("retries\n  a: {b: @}\nc: 1\n")
    #expect(document.places(.syntax).first == "1:1 retries")
    #expect(load("a: 1\n%TAG ! x\n@\n").places(.syntax) == ["2:1 %TAG ! x", "3:1 @"])
  }

  @Test("mistakes of other kinds are found beside syntax errors")
  func otherKinds() {
    #expect(kinds("a: 1\na: 2\nb: \"x\nc:\nd: 1\n") == [.duplicateKey, .syntax, .emptyValue])
  }
}
