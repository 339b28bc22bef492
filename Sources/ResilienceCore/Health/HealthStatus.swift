/// How well something is.
@nonexhaustive
public enum HealthStatus: String, Hashable, Sendable, CaseIterable {
  /// It has not been asked, or not often enough to say.
  case unknown
  case healthy
  /// It works, and not as it should.
  case degraded
  case unhealthy
}
