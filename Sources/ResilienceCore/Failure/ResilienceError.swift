/// What a policy itself has to say when a call did not succeed.
///
/// A body's own error reaches the caller unchanged when the policy had nothing to say; this error appears when a layer
/// rejected the call, when time ran out, and when every fallback failed too.
public struct ResilienceError: Error, Sendable, CustomStringConvertible {
  /// Why. Codes are added over time: a `switch` needs a default.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    public let description: String
    private init(_ description: String) { self.description = description }

    /// A breaker is open, or half-open with every probe's place taken.
    public static let circuitOpen = Code("circuit-open")
    /// A breaker was isolated by hand.
    public static let circuitIsolated = Code("circuit-isolated")
    /// A bulkhead and its queue are full, or the wait for a place ended.
    public static let bulkheadFull = Code("bulkhead-full")
    /// A rate limiter's rate is reached and the next slot is too far away.
    public static let rateLimited = Code("rate-limited")
    /// A deadline or timeout passed.
    public static let timedOut = Code("timed-out")
    /// Every fallback that handles the failure failed itself.
    public static let fallbackFailed = Code("fallback-failed")
    /// A fallback gave a value of another type than the caller's.
    public static let fallbackMismatch = Code("fallback-mismatch")
    /// The body returned a value that counts as a failure.
    public static let resultFailed = Code("result-failed")
    /// A reload took the operation out of the file.
    public static let operationRemoved = Code("operation-removed")
  }

  public let code: Code
  /// The operation's name.
  public let operation: String
  /// The kind of layer that decided, as in a policy file.
  public let layer: LayerKind
  /// The name of the breaker, bulkhead, limiter, timeout or fallback that decided.
  public let name: String
  /// When the layer would let a call through; `nil` when nobody knows.
  private let comeBack: ComeBack?
  /// The body's last error, if a body ran and threw.
  public let cause: (any Error)?
  /// The last fallback's own error, with ``Code/fallbackFailed``.
  public let fallbackError: (any Error)?
  /// The attempts of this call, in order.
  public let history: [AttemptRecord]

  package init(
    _ code: Code, operation: String, layer: LayerKind, name: String, retryAfter: Duration? = nil,
    cause: (any Error)? = nil, fallbackError: (any Error)? = nil, history: [AttemptRecord] = []
  ) {
    self.init(
      code, operation: operation, layer: layer, name: name, comeBack: retryAfter.map { .after($0) }, cause: cause,
      fallbackError: fallbackError, history: history)
  }

  init(
    _ code: Code, operation: String, layer: LayerKind, name: String, comeBack: ComeBack?, cause: (any Error)? = nil,
    fallbackError: (any Error)? = nil, history: [AttemptRecord] = []
  ) {
    self.code = code
    self.operation = operation
    self.layer = layer
    self.name = name
    self.comeBack = comeBack
    self.cause = cause
    self.fallbackError = fallbackError
    self.history = history
  }

  /// How long until the layer would let a call through; `nil` when nobody knows.
  ///
  /// Counted from the rejection; of an open breaker that rejects many calls with one error, from when it is asked for.
  public var retryAfter: Duration? {
    switch comeBack {
    case .after(let wait): wait
    case .at(let instant, let time): time.now.duration(to: instant)
    case nil: nil
    }
  }

  /// What an error knows of the moment when the layer would let a call through.
  enum ComeBack: Sendable {
    case after(Duration)
    case at(Instant, on: TimeSource)
  }

  /// One line: what happened, where, when to come back, and what the body said.
  public var description: String {
    var text = "\(operation): \(code) by \(layer) `\(name)`"
    if let retryAfter { text += ", next try in \(retryAfter)" }
    if let cause { text += ", after: \(cause)" }
    if let fallbackError { text += "; the last fallback failed too: \(fallbackError)" }
    return text
  }

  /// How a policy around this one sees this error.
  package var classification: Classification {
    switch code {
    case .timedOut: .timeout
    case .circuitOpen, .circuitIsolated, .bulkheadFull, .rateLimited: .rejected
    default: Classification(.other)
    }
  }
}
