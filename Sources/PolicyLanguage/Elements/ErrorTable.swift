internal import ResilienceCore

/// An error class while it is read.
struct ErrorDraft: Sendable {
  var matchers: [FailureMatcher] = []
  var except: FailureClasses = []
  var safeToRepeat = false
  var countsForBreaker = true
}

enum ErrorTable {
  /// One matcher of an error class.
  static let matcher = Section(
    "matcher", "What a failure must look like; every key that is there must fit.", FailureMatcher(),
    choice: .anyOf(["http", "grpc", "posix", "type", "kind", "exit", "signal"])
  ) {
    Field("http", .list(of: .httpStatus, atLeastOne: true), to: \.http, "HTTP statuses", example: "[429, 502-504, 5xx]")
    Field("grpc", .list(of: .grpcStatus, atLeastOne: true), to: \.grpc, "gRPC status names", example: "[UNAVAILABLE]")
    Field("posix", .list(of: .errno, atLeastOne: true), to: \.posix, "errno names", example: "[ECONNREFUSED]")
    Field(
      "type", .list(of: .swiftType, atLeastOne: true), to: \.types,
      "Swift types with their module; `*` at the end stands for any rest",
      example: #"["MyApp.ValidationError"]"#)
    Field(
      "kind", .list(of: .named("word", examples: ["conflict"]), atLeastOne: true), to: \.kinds,
      "what the error says of itself",
      example: "[conflict]")
    Field(
      "exit", .list(of: .exitStatus, atLeastOne: true), to: \.exit, "exit statuses of a command", example: "[75, 1-63]")
    Field(
      "signal", .list(of: .signal, atLeastOne: true), to: \.signals, "signals that ended a command",
      example: "[SIGKILL]")
  }

  static let errorClass = Section(
    "error class", "A name for failures that are treated alike.", ErrorDraft(), inherits: true
  ) {
    Field(
      "match", .list(of: .map(ErrorTable.matcher), atLeastOne: true), to: \.matchers, mandatory: true,
      "a failure that fits any of these belongs to the class",
      example: "[{http: [502-504]}, {posix: [ECONNRESET]}]")
    Field(
      "except", .errorClasses(orAll: false), to: \.except, default: "none", "classes that win over this one",
      example: "[throttled]")
    Field(
      "safeToRepeat", .flag, to: \.safeToRepeat,
      "proof that the callee did no work: may be tried again even when the operation is not idempotent", example: "true"
    )
    Field(
      "breaker", .breakerSight, to: \.countsForBreaker, "whether breakers see the class at all", example: "ignore")
  }
}

extension Notation<ErrorClass> {
  /// The class without its name.
  static var errorClass: Notation {
    .map(ErrorTable.errorClass) { filled, _ in
      let draft = filled.draft
      return ErrorClass(
        name: "", matchers: draft.matchers, except: draft.except, safeToRepeat: draft.safeToRepeat,
        countsForBreaker: draft.countsForBreaker)
    }
  }
}

extension TextNotation<Bool> {
  static var breakerSight: TextNotation {
    .words([
      (Word("count", "breakers see it as a failure or, outside their `handle`, as a success"), true),
      (Word("ignore", "breakers do not see it"), false),
    ])
  }
}

extension TextNotation<String> {
  /// The name of a Swift type.
  static var swiftType: TextNotation {
    TextNotation(
      .text(TextShape("Swift type", examples: ["MyApp.ValidationError", "NIO*"], pattern: #"^[^\s*]+\*?$"#)),
      parse: { text throws(Advice) in
        let name = text.hasSuffix("*") ? text.dropLast() : text[...]
        guard !name.isEmpty, !name.contains("*"), !name.contains(" ") else {
          throw Advice(
            .wrongType, "`\(text)` is not the name of a type", help: "a `*` can only stand at the end, after some text")
        }
        return text
      },
      show: { $0 })
  }
}
