import Testing

@testable import PolicyAnalysis

@Suite("Finding policy files")
struct FindFilesTests {
  @Test(
    "A part of a pattern fits names as shells do",
    arguments: [
      ("*.yaml", "a.yaml", true), ("*.yaml", ".a.yaml", false), (".*", ".a", true), ("*.yaml", "a.yml", false),
      ("?.yaml", "é.yaml", true), ("a*b*c", "axxbyyc", true), ("a*b*c", "axxbyy", false), ("[a-c]x", "bx", true),
      ("[!a-c]x", "bx", false), ("[]]x", "]x", true), ("[ax", "[ax", true), ("*", "", true),
    ])
  func names(_ sample: (pattern: String, name: String, fits: Bool)) throws {
    let part = try #require(FilePattern(sample.pattern).parts.first)
    #expect(part.matches(sample.name) == sample.fits)
  }

  @Test("`**` is any depth, hidden directories and linked ones left out")
  func depth() {
    let found = findFiles(["policies/**/*.yaml"], in: tree)
    #expect(
      found.paths == ["policies/a.yaml", "policies/deep/er/c.yaml", "policies/deep/linked.yaml", "policies/z.yaml"])
    #expect(found.problems.isEmpty)
  }

  @Test("Paths keep their order, and none comes twice")
  func order() {
    let found = findFiles(["policies/z.yaml", "./policies/*.yaml", "-", "policies/z.yaml"], in: tree)
    #expect(found.paths == ["policies/z.yaml", "policies/a.yaml", "-"])
  }

  @Test("A pattern without matches is a problem; a path is left to whoever opens it")
  func nothing() {
    let found = findFiles(["nowhere/*.yaml", "absent.yaml"], in: tree)
    #expect(found.paths == ["absent.yaml"])
    #expect(found.problems == ["`nowhere/*.yaml` matches no file"])
  }

  @Test("Without arguments the usual places are looked at, and their absence is said")
  func usualPlaces() {
    #expect(findFiles([], in: tree).paths.count == 4)
    let empty = findFiles([], in: FileTree(list: { _ in .success([]) }, exists: { _ in false }))
    #expect(empty.paths.isEmpty)
    #expect(empty.problems.count == 1)
  }

  @Test("A directory that cannot be listed is a problem")
  func unreadable() {
    let closed = FileTree(
      list: { .failure(ListingProblem(path: $0, isAbsent: false, reason: "permission denied")) }, exists: { _ in false }
    )
    #expect(findFiles(["a/*.yaml"], in: closed).problems.first == "cannot look into `a/`: permission denied")
  }

  private let tree = FileTree(
    list: { path in
      switch path {
      case ".": .success([("policies", .directory)])
      case "policies/":
        .success([("z.yaml", .file), ("a.yaml", .file), ("deep", .directory), (".git", .directory), ("loop", .link)])
      case "policies/deep/": .success([("er", .directory), ("linked.yaml", .link), ("b.txt", .file)])
      case "policies/deep/er/": .success([("c.yaml", .file)])
      case "policies/.git/", "policies/loop/": .success([("hidden.yaml", .file)])
      default: .failure(ListingProblem(path: path, isAbsent: true, reason: "no such directory"))
      }
    }, exists: { $0 == "policies/z.yaml" })
}
