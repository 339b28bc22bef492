import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The page's files are real files, its commands are run, and what it shows of them is what they print.
@Suite("The page about simulate")
struct SimulateGeneratedFilesTests {
  static let docs: String = {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(root)/Docs"
  }()

  @Test("Shows what its commands print, and the picture that they draw; `make docs` writes both anew")
  func page() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder)
    let found = try TemporaryFolder.read("\(Self.docs)/simulate.md")
    var page = ""
    for block in Block.all(in: found) {
      switch block.language {
      case "yaml": try folder.write(block.text, to: "policies.yaml")
      case "jsonl": try folder.write(block.text, to: "outage.jsonl")
      default: break
      }
      page += block.language == "console" ? try block.with(output: output(of: block, program)) : block.source
    }
    try compare(page, "simulate.md")
    try compare(folder.read("simulate.svg"), "simulate.svg")
  }

  private func output(of block: Block, _ program: Program) throws -> String {
    let words = block.text.prefix { $0 != "\n" }.split(separator: " ").map(String.init)
    #expect(words.prefix(2) == ["$", "policy-lint"])
    let result = try program.run(arguments: Array(words.dropFirst(2)))
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    return result.output
  }

  private func compare(_ text: String, _ name: String) throws {
    let path = "\(Self.docs)/\(name)"
    if let wish = unsafe getenv("RESILIENCE_REGENERATE"), unsafe String(cString: wish) == "1" {
      try TemporaryFolder.write(Array(text.utf8), toFile: path)
      return
    }
    #expect(try TemporaryFolder.read(path) == text, "Docs/\(name) is not current: run `make docs`")
  }
}

/// A part of a page: what stands in a fence, or what stands between two of them.
private struct Block {
  /// Empty for what stands in no fence.
  let language: String
  let text: String

  /// As it stands on the page.
  var source: String { language.isEmpty ? text : "```\(language)\n\(text)```\n" }

  /// The same with another output below its command.
  func with(output: String) -> String {
    "```\(language)\n\(text.prefix { $0 != "\n" })\n\(output)```\n"
  }

  static func all(in page: String) -> [Block] {
    var blocks: [Block] = []
    var (language, lines) = ("", "")
    for line in page.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      guard line.hasPrefix("```") else {
        lines += line + "\n"
        continue
      }
      blocks.append(Block(language: language, text: lines))
      language = language.isEmpty ? String(line.dropFirst(3)) : ""
      lines = ""
    }
    return blocks + [Block(language: language, text: lines)]
  }
}
