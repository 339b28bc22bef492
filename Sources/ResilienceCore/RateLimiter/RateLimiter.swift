public final class RateLimiter: Sendable {
  public let name: String
  package enum Entry {
    case admitted
    case wait(until: Instant)
    case limited(retryAfter: UInt64)
  }
  public init(_ name: String, _ settings: RateLimiterSettings) { self.name = name }
  package func acquire(at now: Instant, waitingAtMostUntil: Instant?) -> Entry { .admitted }
}
