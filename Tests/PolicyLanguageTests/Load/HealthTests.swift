import ResilienceCore
import Testing

@testable import PolicyLanguage

@Suite("Health checks and recoveries of a file")
struct HealthTests {
  private func load(_ text: String) -> LoadedPolicies {
    let text = "version: 1\n" + text
    return PolicyLoader { _ in .success(Array(text.utf8)) }.load("policies.yaml")
  }

  @Test("Everything that is not written has its default")
  func defaults() throws {
    let document = try #require(
      load(
        """
        breakers:
          db: {failures: 5, open: 60s}
        healthChecks:
          cache: {probe: {handler: ping}, every: 10s, timeout: 1s}
        recoveries:
          a: {when: {healthCheck: cache}, do: [{handler: x, timeout: 1s}], cooldown: 5m, limit: 3/h}
          b: {when: {breaker: db}, do: [{handler: x, timeout: 1s}], cooldown: 5m, limit: 3/h, exhausted: page}

        """
      ).document)
    let settings = try #require(document.healthChecks["cache"]?.value.settings)
    #expect(settings == HealthCheckSettings(every: .seconds(10), timeout: .seconds(1)))
    #expect(settings.jitter == .percent(20))
    #expect((settings.unhealthyAfter, settings.healthyAfter, settings.critical) == (1, 1, true))
    let a = try #require(document.recoveries["a"]?.value)
    #expect(a.condition == RecoveryCondition(.healthCheck("cache"), is: .unhealthy))
    #expect((a.verify, a.exhausted, a.settings.retry) == (nil, nil, nil))
    let b = try #require(document.recoveries["b"]?.value)
    #expect(b.condition == RecoveryCondition(.breaker("db"), is: .open))
    #expect(b.exhausted?.action == .handler("page"))
    #expect(b.exhausted?.timeout == .seconds(30))
  }

  @Test("A retry by name, a preset, and one in place")
  func retries() throws {
    func attempts(_ retry: String) -> Int? {
      load(
        """
        retries:
          twice: {attempts: 2, backoff: 1s}
        recoveries:
          a: {when: {overall: true}, do: [{handler: x, timeout: 1s}], retry: \(retry), cooldown: 5m, limit: 3/h}

        """
      ).document?.recoveries["a"]?.value.settings.retry?.attempts
    }
    #expect(attempts("twice") == 2)
    #expect(attempts("preset.standard") == 3)
    #expect(attempts("{attempts: 7, backoff: 1s}") == 7)
    #expect(attempts("absent") == nil)
  }

  @Test(
    "What a text should have been is said",
    arguments: [
      ("{http: \"https://web/\"}", "needs TLS", "curl"), ("{tcp: \"http://web\"}", "is a URL", "db.internal:5432"),
      ("{tcp: web}", "has no port", "db.internal:5432"), ("{tcp: \"::1:80\"}", "is not a host and a port", "brackets"),
      ("{tcp: \"web:0\"}", "is not a port from 1 to 65535", ""),
      ("{http: web}", "is not a URL of plain HTTP", "http://"),
    ])
  func advice(probe: String, message: String, help: String) {
    let found = load("healthChecks:\n  web: {probe: \(probe), every: 10s, timeout: 1s}\n").diagnostics
    #expect(found.count == 1)
    #expect(found.first?.message.contains(message) == true, "\(found)")
    #expect(help.isEmpty || found.first?.help?.contains(help) == true, "\(found)")
  }

  @Test("A breaker that only a health check names is used")
  func used() {
    let text = """
      version: 1
      breakers:
        db: {failures: 5, open: 60s}
        store: {failures: 5, open: 60s}
      healthChecks:
        a: {probe: {breaker: db}, every: 10s, timeout: 1s}
        b: {probe: {handler: x}, every: 10s, timeout: 1s, gates: [store]}

      """
    let loaded = PolicyLoader { _ in .success(Array(text.utf8)) }.loadAllEnvironments("policies.yaml")
    #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
  }
}
