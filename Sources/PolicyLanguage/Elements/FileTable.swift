internal import LocatedYAML

/// What one file, or one environment's override, defines; the elements are not read yet.
struct FileDraft: Sendable {
  var version: Int?
  var include: [Node] = []
  var guardrails: Node?
  var elements = SectionTable(NamedEntries())
  var environments = NamedEntries()
  var waivers: [Waiver] = []
  var parent: Node?
}

enum FileTable {
  static let file = Section(
    "file", "A policy file.", FileDraft(), allowsExtensions: true
  ) {
    Field("version", .languageVersion, to: \.version, mandatory: true, "the version of the language", example: "1")
    Field(
      "include", .includes, to: \.include, default: "none", "files that belong to this one, relative to it",
      example: "[shared/errors.yaml]")
    Field(
      "guardrails", .deferred(.map(guardrails.facts)), to: \.guardrails, default: "none",
      "ceilings that nothing here may exceed", example: "{attempts: 5, deadline: 2m, amplification: 6}")
    Field.errors
    Field.breakers
    Field.retries
    Field.budgets
    Field.timeouts
    Field.bulkheads
    Field.rateLimiters
    Field.hedges
    Field.fallbacks
    Field.pipelines
    Field.operations
    Field.healthChecks
    Field.recoveries
    Field(
      "environments", .entries(.map(environment.facts), named: "environment"), to: \.environments, default: "none",
      "what differs in an environment", example: "{staging: {retries: {standard: {attempts: 2}}}}")
    Field(
      "waivers", .list(of: .map(waiver) { filled, _ in filled.draft.finished(at: filled.view.node) }), to: \.waivers,
      default: "none", "findings that somebody has agreed to live with",
      example: "[{rule: RP404, at: operations/reports.**, reason: nightly batch}]")
  }

  static let environment = Section(
    "environment", "What differs in one environment; it can only name what exists.", FileDraft()
  ) {
    Field(
      "extends", .environmentName, to: \.parent, default: "the base",
      "the environment that this one begins from", example: "production")
    Field(
      "guardrails", .deferred(.map(guardrails.facts)), to: \.guardrails, default: "as in the base", "ceilings",
      example: "{attempts: 3}")
    Field.errors
    Field.breakers
    Field.retries
    Field.budgets
    Field.timeouts
    Field.bulkheads
    Field.rateLimiters
    Field.hedges
    Field.fallbacks
    Field.pipelineOverrides
    Field.operations
    Field.healthChecks
    Field.recoveries
  }

  static let guardrails = Section(
    "guardrails", "Ceilings that nothing in the file may exceed.", Guardrails()
  ) {
    Field("attempts", .count, to: \.attempts, default: "none", "tries of one call", example: "5")
    Field("deadline", .duration, to: \.deadline, default: "none", "the longest deadline", example: "2m")
    Field(
      "amplification", .count, to: \.amplification, default: "none",
      "calls at the end of a chain for one at its beginning", example: "6")
  }

  static let waiver = Section(
    "waiver", "A finding that somebody has agreed to live with.", WaiverDraft()
  ) {
    Field(
      "rule", .named("rule", examples: ["RP404"]), to: \.rule, mandatory: true, "a code or a name", example: "RP404")
    Field(
      "at", .named("policy", examples: ["operations/reports.**"]), to: \.place, mandatory: true,
      "the policy that has the finding", example: "operations/reports.**")
    Field(
      "reason", .text, to: \.reason, default: "none, which is a finding", "why it is agreed to",
      example: "nightly batch")
    Field("until", .date, to: \.until, default: "for ever", "the last day", example: "2027-03-31")
  }
}

/// A waiver while it is read.
struct WaiverDraft: Sendable {
  var rule: String?
  var place: String?
  var reason: String?
  var until: CalendarDate?

  func finished(at node: Node) -> Waiver? {
    guard let rule, let place else { return nil }
    return Waiver(rule: rule, place: place, reason: reason, until: until, location: Location(node))
  }
}

extension Notation<NamedEntries> {
  /// A map from names of the writer's choosing; the values are read later.
  static func entries(
    _ each: @autoclosure @escaping @Sendable () -> Shape, named name: String
  ) -> Notation {
    Notation(.named(each: each(), name: name)) { layered, decoder in
      guard layered.node.kind == .mapping else {
        decoder.wrongKind(layered.node, expected: .named(each: each(), name: name))
        return nil
      }
      var entries = NamedEntries()
      entries.reserve(layered.node.entries.count)
      for (key, value) in layered.node.entries {
        guard decoder.isElementName(key.resolved, value) else { continue }
        if entries.add(Entry(key: key, value: value.resolved)) != nil { decoder.reject(value.resolved) }
      }
      return entries
    }
  }
}

extension Notation<Node> {
  /// The name of an environment, looked up when all are known.
  static var environmentName: Notation {
    Notation(.reference(.environments)) { layered, decoder in
      decoder.scalar(layered, as: .named("name", examples: ["production"])).map { _ in layered.node }
    }
  }

  /// A value that is read later.
  static func deferred(_ shape: @autoclosure @escaping @Sendable () -> Shape) -> Notation {
    Notation(shape()) { layered, _ in layered.node }
  }
}

extension Notation<[Node]> {
  static var includes: Notation {
    Notation(.list(of: TextNotation.path.shape)) { layered, decoder in
      decoder.list(layered, of: TextNotation.path.shape, atLeastOne: false) { node in
        decoder.scalar(Layered(node), as: .path).map { _ in node.resolved }
      }
    }
  }
}

extension TextNotation<Int> {
  /// The version of the language that a file is written in.
  static var languageVersion: TextNotation {
    TextNotation(
      .count(1...1),
      parse: { text throws(Advice) in
        if text == "1" { return 1 }
        let message = "`\(text)` is not a version of the language that this program reads"
        throw Advice(Int(text) == nil ? .wrongType : .outOfRange, message, replacement: "1", safety: .unsafe)
      },
      show: { "\($0)" })
  }
}
