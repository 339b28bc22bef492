import Synchronization
import Testing

@testable import LocatedYAML
@testable import PolicyAnalysis
@testable import PolicyLanguage

#if THREAD_SANITIZER
  import ResilienceCore
#endif

@Suite("Files, checked on all processors")
struct InParallelTests {
  @Test("Values come in the order of their numbers, whichever is made first", arguments: [0, 1, 2, 1_000])
  func order(_ count: Int) {
    let made = mapInParallel(count, start: { _ in }, { "\($0)" })
    #expect(made == (0..<count).map { "\($0)" })
  }

  @Test("Each start is told once, in ascending order, and none while another is told")
  func starts() {
    let told = Mutex<[Int]>([])
    let isTelling = Atomic(false)
    _ = mapInParallel(
      500,
      start: { number in
        let wasTelling = isTelling.exchange(true, ordering: .acquiringAndReleasing)
        #expect(!wasTelling)
        told.withLock { $0.append(number) }
        isTelling.store(false, ordering: .releasing)
      }, { $0 })
    #expect(told.withLock { $0 } == Array(1...500))
  }

  @Test("A report on many files is that of each by itself, in their order")
  func report() throws {
    let files = (0..<60).map { ("\($0).yaml", Self.text($0)) }
    let alone = try files.flatMap { name, text in try check([(name, text)]).findings.map(Self.inWords) }
    let together = try check(files)
    #expect(together.findings.map(Self.inWords) == alone && !alone.isEmpty)
    #expect(together.files.map(\.path) == files.map(\.0))
  }

  @Test("A file that another one includes is reported on once, wherever it stands")
  func included() throws {
    let root = "version: 1\ninclude: [a.yaml]\n"
    let part = "timeouts:\n  never-used: 1s\n"
    for files in [[("root.yaml", root), ("a.yaml", part)], [("a.yaml", part), ("root.yaml", root)]] {
      #expect(try check(files).files.map(\.path) == ["root.yaml"])
    }
  }

  private static func inWords(_ finding: Finding) -> String {
    let place = finding.diagnostic.location
    return "\(place.source.path):\(place.line) \(finding.rule.code) \(finding.diagnostic.message)"
  }

  /// Files of which every third has something wrong.
  private static func text(_ number: Int) -> String {
    let bulkhead = number % 3 == 0 ? "{bulkhead: {concurrent: \(number + 1)}}" : "{deadline: \(number + 1)s}"
    return "version: 1\noperations:\n  users.get-\(number): {layers: [\(bulkhead)]}\n"
  }

  private func check(_ files: [(String, String)]) throws -> Report {
    let today = try #require(CalendarDate(year: 2027, month: 1, day: 1))
    let texts = Dictionary(uniqueKeysWithValues: files)
    let check = Check(CheckOptions(today: today)) { path in
      texts[path].map { .success(Array($0.utf8)) } ?? readFile("absent/" + path, limit: 0)
    }
    var found = FoundFiles()
    found.paths = files.map(\.0)
    return check.run(found)
  }
}
