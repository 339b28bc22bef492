internal import ResilienceCore

/// A bulkhead while it is read.
struct BulkheadDraft: Sendable {
  var settings = BulkheadSettings(concurrent: 0)
  var scope = InstanceScope.shared
}

enum BulkheadTable {
  static let bulkhead = Section(
    "bulkhead", "How many calls run at once, and how many wait.", BulkheadDraft(), inherits: true
  ) {
    Field("concurrent", .count, to: \.settings.concurrent, mandatory: true, "bodies that run at once", example: "24")
    Field(
      "queue", .queueLength, to: \.settings.queue, "callers that wait for a place; the next one is rejected",
      example: "8")
    Field(
      "wait", .duration, to: \.settings.wait, default: "until the deadline", "how long a caller waits at most",
      example: "50ms")
    Field("order", .queueOrder, to: \.settings.order, "who of the queue is next", example: "lifo")
    Field("scope", .scope, to: \.scope, "whose calls share the places", example: "{key: tenant}")
    Field.later(
      "adaptive", .map(adaptive.facts), "a limit that follows the callee, instead of `concurrent`",
      example: "{min: 4, max: 64}", insteadOf: "concurrent")
  }

  private static let adaptive = Section("adaptive limit", "A limit that follows the callee.", 0) {
    Field.later("min", TextNotation.count.shape, "the lowest limit", example: "4")
    Field.later("max", TextNotation.count.shape, "the highest limit", example: "64")
    Field.later(
      "algorithm",
      .words([Word("gradient", "follows the latency"), Word("aimd", "grows by one, shrinks by a share")]),
      "how the limit moves", example: "gradient")
  }
}

extension Notation<BulkheadDefinition> {
  static var bulkhead: Notation {
    .map(BulkheadTable.bulkhead) { filled, decoder in
      let draft = filled.draft
      if draft.settings.queue == 0 {
        for field in ["wait", "order"] where filled.isOwn(field) {
          decoder.dead(field, because: "there is no `queue`", in: filled)
        }
      }
      return BulkheadDefinition(settings: draft.settings, scope: draft.scope)
    }
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
