public import ResilienceCore

/// One layer of a ``ConcurrentPolicy`` that is made in code: those of a ``Pipeline``, and those that need bodies which may run
/// several times at once or outlive their call.
public struct ConcurrentLayer: Sendable {
  let compiled: ResilienceCore.Layer

  private init(_ compiled: ResilienceCore.Layer) { self.compiled = compiled }

  /// Starts another call when the ones that run are slow; a budget bounds the extra calls of everything that shares it.
  public static func hedge(_ settings: HedgeSettings, budget: RetryBudget? = nil) -> ConcurrentLayer {
    ConcurrentLayer(Layer(.hedge(Hedge("hedge", settings), budget: budget), name: "hedge"))
  }

  /// Bounds everything inside it, waits included.
  public static func deadline(_ time: Duration, mode: TimeoutSettings.Mode = .cooperative) -> ConcurrentLayer {
    ConcurrentLayer(Layer(.deadline(Limit(TimeoutSettings(after: time, mode: mode))), name: "deadline"))
  }

  /// Bounds one attempt.
  public static func timeout(_ time: Duration, mode: TimeoutSettings.Mode = .cooperative) -> ConcurrentLayer {
    ConcurrentLayer(Layer(.timeout(Limit(TimeoutSettings(after: time, mode: mode))), name: "timeout"))
  }

  /// Tries again; a budget bounds the tries of everything that shares it.
  public static func retry(_ settings: RetrySettings, budget: RetryBudget? = nil) -> ConcurrentLayer {
    ConcurrentLayer(Pipeline.Layer.retry(settings, budget: budget).compiled)
  }

  /// Rejects calls while `breaker` is open.
  public static func breaker(_ breaker: CircuitBreaker) -> ConcurrentLayer {
    ConcurrentLayer(Pipeline.Layer.breaker(breaker).compiled)
  }

  /// Lets in as many calls at once as `bulkhead` has places.
  public static func bulkhead(_ bulkhead: Bulkhead) -> ConcurrentLayer {
    ConcurrentLayer(Pipeline.Layer.bulkhead(bulkhead).compiled)
  }

  /// Lets calls in at the pace of `limiter`.
  public static func rateLimit(_ limiter: RateLimiter) -> ConcurrentLayer {
    ConcurrentLayer(Pipeline.Layer.rateLimit(limiter).compiled)
  }
}

extension ConcurrentPolicy {
  /// Layers put together in code, outermost first, for bodies that may run several times at once and outlive their call.
  ///
  /// ```swift
  /// let search = ConcurrentPolicy<Page>(
  ///   "search", [.deadline(.seconds(2)), .hedge(HedgeSettings(after: .milliseconds(120))), .timeout(.seconds(1))])
  /// ```
  /// Make it once and keep it, as a ``Pipeline``.
  ///
  /// - Parameters:
  ///   - name: The operation's name in errors.
  ///   - layers: From the outermost in; at most 12, more are a programmer's mistake.
  ///   - time: Another clock, for tests.
  public init(_ name: String, _ layers: [ConcurrentLayer], on time: TimeSource = .system) {
    precondition(layers.count <= Plan.maximumLayers, "a policy has at most \(Plan.maximumLayers) layers")
    self.init(OperationEntry(name, Plan(name, layers.map(\.compiled), on: time)))
  }
}
