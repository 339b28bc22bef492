internal import LocatedYAML
internal import ResilienceCore

/// A fallback while it is read.
struct FallbackDraft: Sendable {
  var operation: String?
  var handler: String?
  var value: Node?
  var lastGood: LastGoodSettings?
  var handle = FailureClasses.everything.subtracting(.cancelled)
}

/// A last good value while it is read.
struct LastGoodDraft: Sendable {
  var settings = LastGoodSettings(maxAge: .zero)
  var key: LastGoodSettings.Key?
}

enum FallbackTable {
  static let fallback = Section(
    "fallback", "What a caller gets instead of a failure.", FallbackDraft(),
    choice: .oneOf(["operation", "handler", "value", "lastGood"]), inherits: true, keepsState: true
  ) {
    Field(
      "operation", .operationName, to: \.operation, "another operation, with its own policy",
      example: "users.get-replica")
    Field(
      "handler", .named("name", examples: ["rule-based-recommendations"]), to: \.handler,
      "a function that the program registers under this name", example: "rule-based-recommendations")
    Field("value", .anything, to: \.value, "a fixed value", example: "{items: []}")
    Field("lastGood", .lastGood, to: \.lastGood, "the last success", example: "{maxAge: 10m, key: user}")
    Field(
      "handle", .handled, to: \.handle, default: "all but `cancelled`", "the failures that it stands in for",
      example: "[timeout, rejected]")
  }

  static let lastGood = Section(
    "last good value", "Serves the last success.", LastGoodDraft(),
    shorthands: [.value(TextNotation.duration.shape, fields: ["maxAge"], example: "10m")]
  ) {
    Field(
      "maxAge", .duration, to: \.settings.maxAge, mandatory: true, "a success older than this is not served",
      example: "10m")
    Field(
      "key", .lastGoodKey, to: \.key, default: "whatever any call got",
      "the label whose value a call shares; `none`: the operation has no parameters", example: "user")
    Field("entries", .count, to: \.settings.entries, "how many are kept; the oldest goes first", example: "1000")
  }
}

extension Notation<FallbackDefinition> {
  static var fallback: Notation {
    .map(FallbackTable.fallback) { filled, decoder in
      let draft = filled.draft
      if draft.lastGood == nil, filled.isOwn(SectionFacts.renamedFrom) {
        decoder.dead(SectionFacts.renamedFrom, because: "only `lastGood` keeps something", in: filled)
      }
      let kind: FallbackDefinition.Kind? =
        draft.operation.map { .operation($0) } ?? draft.handler.map { .handler($0) } ?? draft.value.map { .value($0) }
        ?? draft.lastGood.map { .lastGood($0) }
      return kind.map { FallbackDefinition(kind: $0, handle: draft.handle) }
    }
  }
}

extension Notation<LastGoodSettings> {
  static var lastGood: Notation {
    .map(FallbackTable.lastGood) { filled, decoder in
      var settings = filled.draft.settings
      settings.key = filled.draft.key ?? .none
      if case .none = settings.key, filled.isOwn("entries") {
        decoder.dead("entries", because: "without a `key` there is one value", in: filled)
      }
      return settings
    }
  }
}

extension TextNotation<LastGoodSettings.Key> {
  /// A label, or `none`.
  static var lastGoodKey: TextNotation {
    TextNotation<String>.label.or("none", "the operation has no parameters").map {
      $0.map { .label($0) } ?? .none
    } back: {
      if case .label(let label) = $0 { .some(label) } else { .some(nil) }
    }
  }
}
