import LocatedYAML
import PolicyCompiler
import PolicyLanguage
import ResilienceCore

/// A file with 40,000 policies, and the whole way from its bytes to plans that run.
struct LargeFile: Sendable {
  static let operations = 40_000

  let bytes: [UInt8]

  init(_ elements: PolicyFileGenerator.Elements = .repeated) {
    bytes = PolicyFileGenerator.file(operations: LargeFile.operations, elements)
  }

  /// Loads, checks and compiles: whatever is looked up then gets its plan, as an engine does it.
  func makeRunnable() throws -> PolicyGraph {
    let bytes = self.bytes
    let loader = PolicyLoader(limits: .unlimitedSize) { _ in .success(bytes) }
    let loaded = loader.load("large.yaml")
    guard let document = loaded.document else { throw NotLoaded(findings: loaded.diagnostics.count) }
    return PolicyGraph(document, CompilerContext())
  }

  /// The same, and a plan for every operation at once.
  func makePlans() throws -> [Plan] {
    let graph = try makeRunnable()
    return graph.operationNames.compactMap { graph.plan(for: $0) }
  }
}

struct NotLoaded: Error {
  let findings: Int
}
