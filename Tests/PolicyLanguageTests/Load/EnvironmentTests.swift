import PolicyLanguage
import ResilienceCore
import Testing

private let file = """
  version: 1
  breakers:
    base: {failureRate: 50%, window: 30s, open: {for: 10s, factor: 2, max: 2m}}
    database: {extends: base, minimumCalls: 25}
  timeouts:
    call: 2s
  pipelines:
    read: [{deadline: call}, {breaker: database}]
  operations:
    users.get: read
  environments:
    production: {timeouts: {call: 1s}, breakers: {base: {open: {for: 20s}}}}
    production-eu: {extends: production, breakers: {database: {failureRate: 25%, open: {max: 5m}}}}

  """

@Test("An override changes the fields it names, and what extends the element follows")
func override() throws {
  let loaded = load(file, environment: "production")
  let document = try #require(loaded.document, "\(loaded.diagnostics)")
  #expect(document.environment == "production")
  #expect(document.environments == ["production", "production-eu"])
  #expect(document.timeouts["call"]?.value.after == .seconds(1))
  let database = try #require(document.breakers["database"])
  #expect(database.value.settings.open == .init(.seconds(20), factor: 2, max: .seconds(120)))
  #expect(database.value.settings.minimumCalls == 25)
  #expect(database.value.settings.window == .time(.seconds(30)))
  #expect(database.origins["open.for"]?.line == 12)
  #expect(database.origins.note(for: "open.for") == "extends base")
  #expect(database.origins["minimumCalls"]?.line == 4)
  #expect(database.origins.note(for: "minimumCalls") == nil)
  #expect(document.timeouts["call"]?.origins.note(for: "after") == "environment production")
  #expect(document.operations.first?.value.layers.first?.location.line == 8)
}

@Test("Environments extend each other: the nearest override wins, field by field")
func extendedEnvironment() throws {
  let document = try #require(load(file, environment: "production-eu").document)
  let database = try #require(document.breakers["database"])
  #expect(database.value.settings.open == .init(.seconds(20), factor: 2, max: .seconds(300)))
  #expect(database.value.settings.failureRate == .percent(25))
  #expect(document.timeouts["call"]?.value.after == .seconds(1))
}

@Test("The base is as if there were no overrides")
func base() throws {
  let document = try #require(load(file).document)
  #expect(document.timeouts["call"]?.value.after == .seconds(2))
  #expect(document.breakers["database"]?.value.settings.open == .init(.seconds(10), factor: 2, max: .seconds(120)))
}

@Test("An environment that does not exist is an error that names the nearest")
func unknownEnvironment() {
  let loaded = load(file, environment: "prodution")
  #expect(loaded.document == nil)
  #expect(loaded.diagnostics.map(\.rule.code) == ["RP307"])
  #expect(loaded.diagnostics.first?.help == "did you mean `production`?")
}

@Test("An error in one environment's override leaves the others loadable, and all of them checked")
func errorInOneEnvironment() {
  let broken = file.replacing("{timeouts: {call: 1s}", with: "{timeouts: {call: 1 sec}")
  #expect(load(broken).document != nil)
  #expect(load(broken, environment: "production").document == nil)
  #expect(load(broken, environment: "production-eu").document == nil)
  #expect(loadAll(broken).diagnostics.map(\.brief) == ["RP204:12"])
}

@Test("A single value over a map replaces it; a map over a single value keeps what it stands for")
func shortFormsMerge() throws {
  let text = """
    version: 1
    breakers:
      long: {failures: 5, open: {for: 10s, factor: 2, max: 2m}, halfOpen: {probes: 5, successes: 4}}
      short: {failures: 5, open: 60s, halfOpen: 3}
    operations:
      users.get: {layers: [{deadline: 2s}, {breaker: long}]}
      users.put: {layers: [{deadline: 2s}, {breaker: short}]}
    environments:
      other:
        breakers:
          long: {open: 30s, halfOpen: 2}
          short: {open: {factor: 2, max: 4m}, halfOpen: {successes: 1}}

    """
  let loaded = load(text, environment: "other")
  let document = try #require(loaded.document, "\(loaded.diagnostics)")
  #expect(document.breakers["long"]?.value.settings.open == .init(.seconds(30)))
  #expect(document.breakers["long"]?.value.settings.halfOpen == .init(probes: 2))
  #expect(document.breakers["short"]?.value.settings.open == .init(.seconds(60), factor: 2, max: .seconds(240)))
  #expect(document.breakers["short"]?.value.settings.halfOpen == .init(probes: 3, successes: 1))
}

@Test("Cycles and unknown parents of environments are found, each once")
func environmentCycle() {
  let text = """
    version: 1
    operations:
      users.get: {layers: [{deadline: 2s}]}
    environments:
      east: {extends: west}
      west: {extends: east}
      north: {extends: nroth}

    """
  #expect(loadAll(text).diagnostics.map(\.brief) == ["RP304:5", "RP301:7"])
}

@Suite("One of several fields, in layers")
struct ChoiceInLayersTests {
  @Test("What an element or an environment chooses hides what is chosen below it, and leaves the other fields")
  func hides() throws {
    let text = """
      version: 1
      healthChecks:
        web: {probe: {http: "http://web/", expect: [204]}, every: 10s, timeout: 1s}
        port: {extends: web, probe: {tcp: "web:80"}}
        site: {probe: {http: "http://web/", expect: [204]}, every: 10s, timeout: 1s}
        page: {extends: site, probe: {expect: [200]}}
      environments:
        staging: {healthChecks: {web: {probe: {handler: ping}}}}

      """
    let loader = PolicyLoader { _ in .success(Array(text.utf8)) }
    let base = loader.load("policies.yaml")
    #expect(base.diagnostics.isEmpty, "\(base.diagnostics)")
    let checks = try #require(base.document?.healthChecks)
    let web = try #require(HTTPAddress("http://web/"))
    #expect(checks["web"]?.value.probe == .http(web, expect: [204...204]))
    #expect(checks["port"]?.value.probe == .tcp(NetworkEndpoint(host: "web", port: 80)))
    #expect(checks["port"]?.value.settings.every == .seconds(10))
    #expect(checks["page"]?.value.probe == .http(web, expect: [200...200]))
    let staging = loader.load("policies.yaml", environment: "staging")
    #expect(staging.document?.healthChecks["web"]?.value.probe == .handler("ping"))
  }
}
