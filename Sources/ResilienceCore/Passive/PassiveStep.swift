/// What one layer does for a call that goes right: the layers that do nothing then have no step.
///
/// The references are uncounted: the plan that the steps are made for holds the same mechanisms in its layers.
struct PassiveStep: BitwiseCopyable, Sendable {
  enum Mechanism: BitwiseCopyable, Sendable {
    /// With the number of its permit among those of the call.
    case breaker(UncountedReference<CircuitBreaker>, permit: Int)
    case bulkhead(UncountedReference<Bulkhead>)
    case rateLimit(UncountedReference<RateLimiter>)
  }

  let mechanism: Mechanism
  /// Where in the plan the layer stands.
  let layer: Int
  /// Whether a rejection here is the end of the call: no fallback stands around the layer, and no breaker or bulkhead of which the call would hold
  /// something.
  let rejectsAlone: Bool
}
