import LocatedYAML
import PolicyLanguage

@testable import PolicyAnalysis

/// A file made in a test.
struct SampleText {
  let source: SourceText

  init(_ text: String, path: String = "policies.yaml") {
    source = SourceText(path: path, bytes: Array(text.utf8))
  }

  /// The place of the first `text` in the file; the file's start when it is not there.
  func place(of text: String) -> Location {
    let bytes = Array(text.utf8)
    let start = source.bytes.indices.first { source.bytes[$0...].starts(with: bytes) } ?? 0
    return Location(source: source, span: ByteSpan(start, start + bytes.count))
  }
}

extension Rule {
  static let sample = Rule(
    "RP402", "unreachable-attempts", .error, "A summary.", why: "A reason.", bad: nil, good: "version: 1\n")
  static let sampleWarning = Rule(
    "RP602", "one-call-opens", .warning, "A summary.", why: "A reason.", bad: nil, good: "version: 1\n")
}

func report(_ findings: Finding..., suppressed: [Finding] = []) -> Report {
  var findings = findings
  findings.fingerprint()
  let paths = Set(findings.map(\.diagnostic.location.source.path)).sorted()
  return Report(files: paths.map { Report.File(path: $0) }, findings: findings, suppressed: suppressed)
}
