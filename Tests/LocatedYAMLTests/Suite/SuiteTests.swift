import LocatedYAML
import Testing

/// The YAML test suite against the event layer.
@Suite("YAML test suite")
struct SuiteTests {
  private static let folder = "\(packageRoot)/../shared/data/yaml-test-suite"
  private static let cases = SuiteCase.all(in: folder)

  private enum Verdict: Hashable { case right, wronglyRejected, wronglyAccepted, otherEvents }

  private static func verdict(_ suiteCase: SuiteCase) -> Verdict {
    let stream = EventStreamText(suiteCase.input)
    if suiteCase.mustBeRejected {
      return stream.failure != nil || isComplainedOf(suiteCase.input) ? .right : .wronglyAccepted
    }
    guard stream.failure == nil else { return .wronglyRejected }
    return stream.lines == suiteCase.events ? .right : .otherEvents
  }

  /// Whether loading says that a comment or a character makes the file wrong: the events do not show it.
  private static func isComplainedOf(_ bytes: [UInt8]) -> Bool {
    let document = loadYAML(SourceText(path: "in.yaml", bytes: bytes))
    return document.problems.contains { [.syntax, .commentWithoutSpace, .forbiddenCharacter].contains($0.kind) }
  }

  @Test(
    "no case does worse than its frozen verdict",
    .enabled("the suite's data is not beside the package") { cases != nil })
  func frozenVerdicts() throws {
    let cases = try #require(Self.cases)
    #expect(cases.count == 402)
    var found: [Verdict: Set<String>] = [:]
    for suiteCase in cases { found[Self.verdict(suiteCase), default: []].insert(suiteCase.name) }
    for (verdict, frozen) in [
      (Verdict.wronglyRejected, FrozenVerdicts.wronglyRejected), (.wronglyAccepted, FrozenVerdicts.wronglyAccepted),
      (.otherEvents, FrozenVerdicts.otherEvents),
    ] {
      let worse = (found[verdict] ?? []).subtracting(frozen).sorted()
      let better = frozen.subtracting(found[verdict] ?? []).sorted()
      #expect(worse.isEmpty, "\(verdict)")
      #expect(better.isEmpty, "better than frozen: take them off the list")
    }
  }

  @Test(
    "every case loads without a trap and its problems stay inside the file",
    .enabled("the suite's data is not beside the package") { cases != nil })
  func loadsEveryCase() throws {
    for suiteCase in try #require(Self.cases) {
      let document = loadYAML(SourceText(path: suiteCase.name, bytes: suiteCase.input))
      for problem in document.problems {
        #expect(problem.span.end <= suiteCase.input.count, "\(suiteCase.name): \(problem.message)")
      }
    }
  }
}
