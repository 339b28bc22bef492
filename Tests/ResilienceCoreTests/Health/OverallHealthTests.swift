import ResilienceCore
import Testing

@Suite("What checks come to")
struct OverallHealthTests {
  /// Every combination of up to three checks.
  private static let combinations: [[HealthComponent]] = {
    let kinds = HealthStatus.allCases.flatMap { status in
      [true, false].map { HealthComponent(name: "\(status) \($0)", status: status, isCritical: $0) }
    }
    let two = kinds.flatMap { first in kinds.map { [first, $0] } }
    return [[]] + kinds.map { [$0] } + two + two.flatMap { pair in kinds.map { pair + [$0] } }
  }()

  @Test("C1: unhealthy with a critical check; degraded with any degraded or other unhealthy one; else healthy")
  func overall() {
    for parts in Self.combinations {
      let snapshot = HealthSnapshot(parts, at: WallTime(milliseconds: 0))
      let expected: HealthStatus =
        if parts.contains(where: { $0.isCritical && $0.status == .unhealthy }) {
          .unhealthy
        } else if parts.contains(where: { $0.status == .degraded || $0.status == .unhealthy }) {
          .degraded
        } else {
          .healthy
        }
      #expect(snapshot.status == expected, "\(parts.map(\.name))")
    }
  }

  @Test(
    "C3: 200 for healthy and degraded, 503 for unhealthy; readiness is 503 also before every critical check is known")
  func responses() {
    for parts in Self.combinations {
      let snapshot = HealthSnapshot(parts, at: WallTime(milliseconds: 0))
      let health = HealthResponse(health: snapshot)
      #expect(health.status == (snapshot.status == .unhealthy ? 503 : 200))
      #expect(health.contentType == "application/json")
      let isOpen = parts.contains { $0.isCritical && $0.status == .unknown }
      #expect(HealthResponse(readiness: snapshot).status == (isOpen || snapshot.status == .unhealthy ? 503 : 200))
    }
  }
}
