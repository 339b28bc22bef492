import LocatedYAML
import PolicyCompiler
import PolicyLanguage
import ResilienceCore

/// A file with 40,000 policies, and the whole way from its bytes to plans that run.
struct LargeFile: Sendable {
  static let operations = 40_000

  let bytes = PolicyFileGenerator.file(operations: LargeFile.operations)

  /// Loads, checks and compiles; every operation gets its plan.
  func makeRunnable() throws -> [Plan] {
    let bytes = self.bytes
    let loader = PolicyLoader(limits: .unlimitedSize) { _ in .success(bytes) }
    let loaded = loader.load("large.yaml")
    guard let document = loaded.document else { throw NotLoaded(findings: loaded.diagnostics.count) }
    let graph = PolicyGraph(document, CompilerContext())
    return graph.operationNames.compactMap { graph.plan(for: $0) }
  }
}

struct NotLoaded: Error {
  let findings: Int
}
