/// What a policy file, or code, can say of a bulkhead.
public struct BulkheadSettings: Hashable, Sendable {
  /// Who of the queue is next.
  public enum Order: String, Hashable, Sendable, CaseIterable {
    case fifo, lifo
  }

  /// How many bodies run at once; under an adaptive limit, at most.
  public private(set) var concurrent: Int
  /// How the limit follows the callee; `nil`: it is `concurrent`.
  public private(set) var adaptive: AdaptiveLimitSettings?
  /// How many callers wait for a place; 0: none.
  public var queue: Int
  /// How long a caller waits at most; `nil`: until its deadline.
  public var wait: Duration?
  public var order: Order

  public init(concurrent: Int, queue: Int = 0, wait: Duration? = nil, order: Order = .fifo) {
    self.concurrent = concurrent
    self.queue = queue
    self.wait = wait
    self.order = order
  }

  /// A bulkhead whose limit follows its callee.
  public init(
    adaptive: AdaptiveLimitSettings, queue: Int = 0, wait: Duration? = nil, order: Order = .fifo
  ) {
    self.init(concurrent: adaptive.max, queue: queue, wait: wait, order: order)
    self.adaptive = adaptive
  }
}
