import Glibc
import LocatedYAML
import Testing

/// The files of this repository, found from where this test stands.
enum Repository {
  /// The repository's root.
  static let root: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/")
  }()

  static func path(_ name: String) -> String { "\(root)/\(name)" }

  /// The text of a file.
  static func text(_ name: String) throws -> String {
    String(decoding: try readFile(path(name), limit: 1 << 20).get(), as: UTF8.self)
  }

  static func exists(_ name: String) -> Bool { unsafe access(path(name), F_OK) == 0 }

  static let samples = ["presets", "breaker-with-fallback", "layered-recovery", "graceful-degradation"]
    .map { "policies/\($0).yaml" }

  /// The files that the Swift of the pages stands in, so that it is compiled.
  static let snippets = ["Snippets", "SelfHealingSnippets"].map { "Tests/SamplesTests/\($0).swift" }

  /// The pages whose code blocks must work.
  static let pages = [
    "README.md", "CONTRIBUTING.md", "Docs/getting-started.md", "Docs/mechanisms.md", "Docs/reload.md",
    "Docs/health-and-recovery.md", "Docs/self-healing.md",
    "Docs/policy-run.md", "Docs/simulate.md", "Docs/architecture.md", "Docs/observing.md", "Docs/testing.md",
  ]
}

/// A fenced block of a page.
struct CodeBlock: Hashable, Sendable, CustomTestStringConvertible {
  let page: String
  /// Where its first line stands, from 1.
  let line: Int
  let language: String
  let text: String

  var testDescription: String { "\(page):\(line)" }

  /// All blocks of a page in one language.
  static func all(in page: String, language: String) throws -> [CodeBlock] {
    var blocks: [CodeBlock] = []
    var open: (line: Int, language: String, lines: [Substring])?
    for (index, line) in try Repository.text(page).split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard line.hasPrefix("```") else {
        open?.lines.append(line)
        continue
      }
      if let block = open {
        let text = block.lines.map { $0 + "\n" }.joined()
        blocks.append(CodeBlock(page: page, line: block.line, language: block.language, text: text))
        open = nil
      } else {
        open = (index + 2, String(line.dropFirst(3)), [])
      }
    }
    return blocks.filter { $0.language == language }
  }
}
