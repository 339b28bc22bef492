public import ResilienceCore

/// Layers put together in code, outermost first: what a policy file says in `pipelines`, without a file.
///
/// ```swift
/// let database = CircuitBreaker("database", .standard)
/// let getUser = Pipeline(
///   "users.get", [.deadline(.seconds(2)), .retry(.standard), .breaker(database), .timeout(.milliseconds(800))])
/// let user = try await getUser.run { try await store.user(id) }
/// ```
/// Make it once and keep it: its layers are compiled when it is made. Breakers, bulkheads and limiters can be part of any
/// number of pipelines.
@frozen public struct Pipeline: CallPolicy {
  public let operation: OperationPolicy

  /// Compiles layers.
  ///
  /// - Parameters:
  ///   - name: The operation's name in errors.
  ///   - layers: From the outermost in; at most 12, more are a programmer's mistake.
  ///   - sinks: Take every decision: logs, recorders, sinks of your own.
  ///   - time: Another clock, for tests.
  public init(
    _ name: String, _ layers: [Layer], sinks: [any EventSink] = [], on time: TimeSource = .system
  ) {
    precondition(layers.count <= Plan.maximumLayers, "a pipeline has at most \(Plan.maximumLayers) layers")
    let events = sinks.isEmpty ? nil : EventHub(sinks: sinks)
    let plan = Plan(name, layers.map(\.compiled), events: events, on: time)
    operation = OperationPolicy(OperationEntry(name, plan))
  }
}

extension Pipeline {
  /// One layer of a pipeline.
  public struct Layer: Sendable {
    let compiled: ResilienceCore.Layer

    private init(_ mechanism: ResilienceCore.Layer.Mechanism, name: String) {
      compiled = ResilienceCore.Layer(mechanism, name: name)
    }

    /// Bounds everything inside it, waits included. With `cancels: false` a late body is not cancelled, only a timeout.
    public static func deadline(_ time: Duration, cancels: Bool = true) -> Layer {
      Layer(.deadline(Limit(TimeoutSettings(after: time, mode: cancels ? .cooperative : .observe))), name: "deadline")
    }

    /// Bounds one attempt. With `cancels: false` a late body is not cancelled, only a timeout.
    public static func timeout(_ time: Duration, cancels: Bool = true) -> Layer {
      Layer(.timeout(Limit(TimeoutSettings(after: time, mode: cancels ? .cooperative : .observe))), name: "timeout")
    }

    /// Tries again; a budget bounds the tries of everything that shares it.
    public static func retry(_ settings: RetrySettings, budget: RetryBudget? = nil) -> Layer {
      Layer(.retry(RetryPolicy(settings), budget: budget), name: "retry")
    }

    /// Rejects calls while `breaker` is open.
    public static func breaker(_ breaker: CircuitBreaker) -> Layer {
      Layer(.breaker(.shared(breaker)), name: breaker.name)
    }

    /// Lets in as many calls at once as `bulkhead` has places.
    public static func bulkhead(_ bulkhead: Bulkhead) -> Layer {
      Layer(.bulkhead(.shared(bulkhead)), name: bulkhead.name)
    }

    /// Lets calls in at the pace of `limiter`.
    public static func rateLimit(_ limiter: RateLimiter) -> Layer {
      Layer(.rateLimit(.shared(limiter)), name: limiter.name)
    }
  }
}
