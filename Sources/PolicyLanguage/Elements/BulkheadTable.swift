internal import ResilienceCore

/// A bulkhead while it is read.
struct BulkheadDraft: Sendable {
  var concurrent: Int?
  var adaptive: AdaptiveLimitSettings?
  var queue = 0
  var wait: Duration?
  var order = BulkheadSettings.Order.fifo
  var scope = InstanceScope.shared
}

/// An adaptive limit while it is read.
struct AdaptiveLimitDraft: Sendable {
  var min = 0
  var max = 0
  var algorithm = AdaptiveLimitSettings.Algorithm.gradient
}

enum BulkheadTable {
  static let bulkhead = Section(
    "bulkhead", "How many calls run at once, and how many wait.", BulkheadDraft(),
    choice: .oneOf(["concurrent", "adaptive"]), inherits: true, keepsState: true
  ) {
    Field("concurrent", .count, to: \.concurrent, "bodies that run at once", example: "24")
    Field(
      "adaptive", .adaptiveLimit, to: \.adaptive, "a limit that follows the callee", example: "{min: 4, max: 64}")
    Field(
      "queue", .queueLength, to: \.queue, "callers that wait for a place; the next one is rejected",
      example: "8")
    Field(
      "wait", .duration, to: \.wait, default: "until the deadline", "how long a caller waits at most",
      example: "50ms")
    Field("order", .queueOrder, to: \.order, "who of the queue is next", example: "lifo")
    Field("scope", .scope, to: \.scope, "whose calls share the places", example: "{key: tenant}")
  }

  static let adaptive = Section("adaptive limit", "A limit that follows the callee.", AdaptiveLimitDraft()) {
    Field("min", .count, to: \.min, mandatory: true, "the lowest limit, and the first", example: "4")
    Field("max", .count, to: \.max, mandatory: true, "the highest limit", example: "64")
    Field("algorithm", .limitAlgorithm, to: \.algorithm, "what moves the limit", example: "aimd")
  }
}

extension Notation<BulkheadDefinition> {
  static var bulkhead: Notation {
    .map(BulkheadTable.bulkhead) { filled, decoder in
      let draft = filled.draft
      if draft.queue == 0 {
        for field in ["wait", "order"] where filled.isOwn(field) {
          decoder.dead(field, because: "there is no `queue`", in: filled)
        }
      }
      return draft.settings.map { BulkheadDefinition(settings: $0, scope: draft.scope) }
    }
  }
}

extension BulkheadDraft {
  fileprivate var settings: BulkheadSettings? {
    if let adaptive { return BulkheadSettings(adaptive: adaptive, queue: queue, wait: wait, order: order) }
    return concurrent.map { BulkheadSettings(concurrent: $0, queue: queue, wait: wait, order: order) }
  }
}

extension Notation<AdaptiveLimitSettings> {
  static var adaptiveLimit: Notation {
    .map(BulkheadTable.adaptive) { filled, decoder in
      let draft = filled.draft
      guard draft.min <= draft.max else {
        decoder.reversed("min", draft.min, "max", draft.max, in: filled)
        return nil
      }
      if draft.min == draft.max {
        decoder.dead("max", because: "the limit cannot move: `concurrent: \(draft.min)` says the same", in: filled)
      }
      return AdaptiveLimitSettings(min: draft.min, max: draft.max, algorithm: draft.algorithm)
    }
  }
}

extension TextNotation<AdaptiveLimitSettings.Algorithm> {
  static var limitAlgorithm: TextNotation {
    .words([
      (Word("gradient", "the callee's latency: it grows while calls are as quick as with little load"), .gradient),
      (Word("aimd", "timeouts and refusals alone: it grows by one without any, and shrinks by a share"), .aimd),
    ])
  }
}

extension TextNotation<Int> {
  /// A length, or `none`, which is 0.
  static var queueLength: TextNotation {
    count.or("none", "no queue").map {
      $0 ?? 0
    } back: {
      $0 == 0 ? .some(nil) : $0
    }
  }
}

extension TextNotation<BulkheadSettings.Order> {
  static var queueOrder: TextNotation {
    .words([
      (Word("fifo", "who came first"), .fifo),
      (Word("lifo", "who came last: under overload it still has time left"), .lifo),
    ])
  }
}
