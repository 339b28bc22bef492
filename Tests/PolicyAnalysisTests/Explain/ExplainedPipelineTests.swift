import PolicyAnalysis
import PolicyLanguage
import Testing

private let policies = """
  version: 1
  bulkheads:
    search: {adaptive: {min: 4, max: 64}}
  pipelines:
    callee: [{retry: {attempts: 3, backoff: 100ms}}, {bulkhead: search}, {timeout: 700ms}]
    read: [{deadline: 2s}, {pipeline: callee}]
  operations:
    users.get: {pipeline: read, idempotent: true, tune: {deadline: 2500ms, retry: {attempts: 2}}}
  environments:
    production: {pipelines: {read: {tune: {timeout: 900ms}}}}

  """

@Suite("Explanations of composed pipelines")
struct ExplainedPipelineTests {
  /// The lines of an explanation, runs of blanks made one.
  private func lines(in environment: String? = nil) throws -> [String] {
    let loader = PolicyLoader(readFile: { _ in .success(Array(policies.utf8)) })
    let loaded = loader.load("policies.yaml", environment: environment)
    let text = try Explanation(of: "users.get", in: #require(loaded.document, "\(loaded.diagnostics)")).text
    return text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
  }

  @Test("A spliced layer is shown where it is written, with the pipeline that it came through")
  func splice() throws {
    let lines = try lines()
    #expect(lines.contains("2 retry callee/retry policies.yaml:5:13, via pipeline callee"))
    #expect(lines.contains("1 deadline read/deadline policies.yaml:6:11"))
  }

  @Test("A tuned number is shown with its own place, and what it does not say with that of the pipeline")
  func tune() throws {
    let lines = try lines()
    #expect(lines.contains("after 2.5 s policies.yaml:8:66 (tune)"))
    #expect(lines.contains("attempts 2 policies.yaml:8:92 (tune)"))
    #expect(lines.contains("backoff.initial 100 ms policies.yaml:5:43"))
    #expect(lines.contains("mode cooperative default"))
    #expect(try self.lines(in: "production").contains("after 900 ms policies.yaml:10:51 (environment production)"))
  }

  @Test("An adaptive limit is shown by its bounds and what moves it")
  func adaptive() throws {
    let lines = try lines()
    #expect(lines.contains("adaptive.min 4 policies.yaml:3:28"))
    #expect(lines.contains("adaptive.algorithm gradient default"))
    #expect(!lines.contains { $0.hasPrefix("concurrent ") })
  }
}
