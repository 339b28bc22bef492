import PolicyLanguage
import ResilienceCore
import Testing

private let file = """
  version: 1
  breakers:
    database: {failures: 5, open: 60s}
  pipelines:
    read: [{deadline: 2s}, {pipeline: guarded}, {timeout: 300ms}]
    guarded: [{retry: {attempts: 2, backoff: 10ms}}, {pipeline: broken-off}]
    broken-off: [{breaker: {failures: 3, open: 10s}}, {breaker: database}]
  operations:
    users.get: read
    users.put: {layers: [{deadline: 1s}, {pipeline: guarded}]}

  """

@Suite("Splices")
struct SpliceTests {
  private func layers(_ text: String, of operation: String, in environment: String? = nil) throws -> [LayerDefinition] {
    let loaded = load(text, environment: environment)
    let document = try #require(loaded.document, "\(loaded.diagnostics)")
    return try #require(document.operations.first { $0.name == operation }).value.layers
  }

  @Test("The layers of another pipeline stand in the place of its name, also those that it splices itself")
  func inPlace() throws {
    let read = try layers(file, of: "users.get")
    #expect(read.map(\.kind) == [.deadline, .retry, .breaker, .breaker, .timeout])
    #expect(try layers(file, of: "users.put").map(\.kind) == [.deadline, .retry, .breaker, .breaker])
  }

  @Test("A spliced layer keeps its place and the name of its element, and says where it comes from")
  func origin() throws {
    let read = try layers(file, of: "users.get")
    #expect(read.map(\.location.line) == [5, 6, 7, 7, 5])
    #expect(read.map(\.splice?.pipeline) == [nil, "guarded", "broken-off", "broken-off", nil])
    #expect(read.map(\.splice?.location.line) == [nil, 5, 5, 5, nil])
    let put = try layers(file, of: "users.put")
    for layers in [read, put] {
      guard case .retry(let retry) = layers[1].element, case .breaker(let breaker) = layers[2].element else {
        Issue.record("other layers")
        return
      }
      #expect(retry.name == "guarded/retry")
      #expect(breaker.name == "broken-off/breaker")
    }
  }

  @Test("An environment that replaces a pipeline replaces it wherever it is spliced")
  func environment() throws {
    let text =
      file + """
        environments:
          production: {pipelines: {broken-off: [{breaker: database}]}}

        """
    #expect(try layers(text, of: "users.get", in: "production").map(\.kind) == [.deadline, .retry, .breaker, .timeout])
    #expect(try layers(text, of: "users.get").count == 5)
  }

  @Test("RP313: a circle is found once, also one that only an environment closes")
  func cycle() {
    let text = """
      version: 1
      pipelines:
        read: [{deadline: 2s}, {pipeline: guarded}]
        guarded: [{breaker: {failures: 3, open: 10s}}]
      operations:
        users.get: read
      environments:
        production: {pipelines: {guarded: [{pipeline: read}]}}

      """
    #expect(load(text).document != nil)
    #expect(load(text, environment: "production").document == nil)
    #expect(loadAll(text).diagnostics.map(\.brief) == ["RP313:3"])
    let itself = text.replacing("{breaker: {failures: 3, open: 10s}}", with: "{pipeline: guarded}")
    #expect(load(itself).diagnostics.map(\.brief) == ["RP313:4"])
  }

  @Test("RP206: more than twelve layers are named at the splice and at the first that is too many")
  func tooMany() throws {
    let text = """
      version: 1
      breakers:
        database: {failures: 5, open: 60s}
      pipelines:
        six: [{breaker: database}, {breaker: database}, {breaker: database}, {breaker: database}, {breaker: database},
          {breaker: database}]
        read: [{pipeline: six}, {deadline: 2s}, {pipeline: six}]
        fits: [{pipeline: six}, {pipeline: six}]
      operations:
        users.get: read
        users.put: {layers: [{pipeline: fits}]}

      """
    let found = try #require(load(text).diagnostics.first)
    #expect(found.brief == "RP206:7")
    #expect(found.location.description.hasSuffix(":7:44"))
    #expect(found.related.map(\.location.line) == [6])
    #expect(found.message.contains("13"))
  }

  @Test("The order of layers is looked at where they come together, and the finding names what brings them together")
  func order() throws {
    let text = """
      version: 1
      pipelines:
        retried: [{retry: {attempts: 2, backoff: 10ms}}]
        bounded: [{deadline: 2s}]
      operations:
        users.get: {layers: [{pipeline: retried}, {pipeline: bounded}]}

      """
    let found = try #require(loadAll(text).diagnostics.first { $0.rule.code == "RP310" })
    #expect(found.location.line == 4)
    #expect(found.related.map(\.location.line) == [3, 6, 6])
  }

  @Test("A pipeline that is only spliced is used")
  func used() { #expect(!loadAll(file).diagnostics.map(\.rule.code).contains("RP302")) }
}
