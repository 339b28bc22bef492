/// What is known of one failure: the facts that matchers of a policy file look at.
///
/// Every fact is optional; a matcher only matches a fact that is there.
public struct FailureFacts: Hashable, Sendable {
  /// An HTTP status, 100 to 599.
  public var http: Int?
  /// A gRPC status name such as `UNAVAILABLE`.
  public var grpc: String?
  /// An errno value such as `ECONNREFUSED`.
  public var posix: Int32?
  /// What the error says of itself, one word.
  public var kind: String?
  /// The exit status of a command.
  public var exit: Int32?
  /// The signal that ended a command.
  public var signal: Int32?
  /// The server's hint: how long to wait before the next try.
  public var retryAfter: Duration?

  public init(
    http: Int? = nil, grpc: String? = nil, posix: Int32? = nil, kind: String? = nil, exit: Int32? = nil,
    signal: Int32? = nil, retryAfter: Duration? = nil
  ) {
    self.http = http
    self.grpc = grpc
    self.posix = posix
    self.kind = kind
    self.exit = exit
    self.signal = signal
    self.retryAfter = retryAfter
  }
}

extension FailureFacts {
  /// Whether the callee says that it has too much to do: status 429 (RFC 6585) or 503 (RFC 9110), gRPC's
  /// `RESOURCE_EXHAUSTED`, or a hint when to come back.
  var tellsOverload: Bool {
    http == 429 || http == 503 || grpc == "RESOURCE_EXHAUSTED" || retryAfter != nil
  }
}

/// An error, or a result, that can say why it is a failure.
///
/// Conform an error type so that matchers see more than its type name. Conform a result type, such as an HTTP response,
/// so that a returned value with a bad status counts as a failure; answer `nil` when it is none.
public protocol FailureDescribing {
  /// The facts of this failure, or `nil` when this value is no failure.
  var failureFacts: FailureFacts? { get }
}
