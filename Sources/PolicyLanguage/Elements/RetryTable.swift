internal import ResilienceCore

/// A retry while it is read.
struct RetryDraft: Sendable {
  var settings = RetrySettings(attempts: 0, backoff: .none)
  var backoff = BackoffDraft()
  var budget: String?
}

/// A backoff while it is read.
struct BackoffDraft: Sendable {
  var isNone = false
  var initial: Duration?
  var factor: Double?
  var step: Duration?
  var max: Duration?
  var jitter: RetrySettings.Jitter?
}

enum RetryTable {
  static let retry = Section(
    "retry", "Tries again what failed, after a wait.", RetryDraft(), inherits: true
  ) {
    Field("attempts", .count, to: \.settings.attempts, mandatory: true, "total tries, the first included", example: "3")
    Field(
      "backoff", .backoff, to: \.backoff, mandatory: true, "the wait before the next try",
      example: "{initial: 100ms, factor: 2, max: 10s}")
    Field(
      "jitter", .jitter, to: \.settings.jitter, "how chance spreads a scalar `backoff`, always below it",
      example: "equal")
    Field(
      "handle", .handled, to: \.settings.handle, default: "all", "the failures that are tried again",
      example: "[transient, timeout]")
    Field(
      "budget", .referenceOrNone(to: .budgets), to: \.budget, "what first tries pay for; asked before the wait",
      example: "shared")
    Field(
      "retryAfter", .hintLimit, to: \.settings.retryAfter,
      "the longest hint of a server that is obeyed; `ignore` obeys none", example: "30s")
  }

  static let backoff = Section(
    "backoff", "The wait before the next try.", BackoffDraft(),
    shorthands: [
      .word(Word("none", "no wait at all")) { $0.isNone = true },
      .value(TextNotation.duration.shape, fields: ["initial"], example: "200ms"),
    ]
  ) {
    Field("initial", .duration, to: \.initial, mandatory: true, "the wait before the second try", example: "100ms")
    Field(
      "factor", .factor, to: \.factor, default: "no growth", "what the wait is multiplied by each time", example: "2")
    Field("step", .duration, to: \.step, default: "no growth", "what is added to the wait each time", example: "100ms")
    Field("max", .duration, to: \.max, default: "mandatory with `factor` or `step`", "the longest wait", example: "10s")
    Field(
      "jitter", .jitter, to: \.jitter, default: "full", "how chance spreads the wait, always below it", example: "equal"
    )
  }
}

extension Notation<BackoffDraft> {
  static var backoff: Notation {
    .map(RetryTable.backoff) { filled, decoder in
      BackoffChecks(filled: filled, decoder: decoder).run() ? filled.draft : nil
    }
  }
}

extension Notation<RetryDefinition> {
  static var retry: Notation {
    .map(RetryTable.retry) { filled, decoder in RetryChecks(filled: filled, decoder: decoder).finish() }
  }
}

extension TextNotation<RetrySettings.Jitter> {
  /// `full`, `equal`, `decorrelated`, `none` or a share such as `20%`.
  static var jitter: TextNotation {
    let words = TextNotation.words([
      (Word("full", "anywhere between zero and the wait"), .full),
      (Word("equal", "between half the wait and the wait"), .equal),
      (Word("decorrelated", "between the first wait and three times the wait before"), .decorrelated),
      (Word("none", "no chance at all: callers that failed together try again together"), .none),
    ])
    let share = TextNotation<Ratio>.ratio
    return TextNotation(
      .either([words.shape, share.shape]),
      parse: { text throws(Advice) in
        guard text.contains(where: \.isASCIIDigit) else { return try words.parse(text) }
        do throws(Advice) { return .share(try share.parse(text)) } catch { throw error.offering("none") }
      },
      show: { jitter in
        if case .share(let ratio) = jitter { share.show(ratio) } else { words.show(jitter) }
      })
  }
}

extension TextNotation<Duration?> {
  /// A duration, or `ignore`.
  static var hintLimit: TextNotation { TextNotation<Duration>.duration.or("ignore", "hints are not obeyed") }
}
