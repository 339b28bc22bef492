internal import LocatedYAML
internal import ResilienceCore

/// A probe while it is read.
struct ProbeDraft: Sendable {
  var tcp: NetworkEndpoint?
  var http: HTTPAddress?
  var expect: [ClosedRange<Int>]?
  var exec: [String]?
  var handler: String?
  var breaker: String?
}

enum ProbeTable {
  static let probe = Section(
    "probe", "What a health check asks.", ProbeDraft(), choice: .oneOf(["tcp", "http", "exec", "handler", "breaker"])
  ) {
    Field("tcp", .endpoint, to: \.tcp, "something that accepts connections", example: "\"127.0.0.1:5432\"")
    Field(
      "http", .httpAddress, to: \.http, "a server that answers a GET; plain HTTP only",
      example: "http://127.0.0.1:8080/healthz")
    Field(
      "expect", .list(of: .httpStatus, atLeastOne: true), to: \.expect, default: "[200-299]",
      "the statuses of an `http` answer that are good", example: "[200, 204]")
    Field(
      "exec", .command, to: \.exec, "a command that exits with 0; nothing in it is interpreted",
      example: "[pg_isready, --quiet]")
    Field(
      "handler", .named("name", examples: ["cache-ping"]), to: \.handler,
      "a health check that the program registers under this name", example: "cache-ping")
    Field(
      "breaker", .reference(to: .breakers), to: \.breaker,
      "a breaker: closed is healthy, half-open degraded, open unhealthy", example: "database")
  }
}

extension Notation<HealthCheckDefinition.Probe> {
  static var probe: Notation {
    .map(ProbeTable.probe) { filled, decoder in
      let draft = filled.draft
      if draft.http == nil, filled.isOwn("expect") {
        decoder.dead("expect", because: "only an `http` probe gets a status", in: filled)
      }
      return draft.tcp.map { .tcp($0) } ?? draft.http.map { .http($0, expect: draft.expect ?? [200...299]) }
        ?? draft.exec.map { .exec($0) } ?? draft.handler.map { .handler($0) } ?? draft.breaker.map { .breaker($0) }
    }
  }
}

extension Notation<[String]> {
  /// A program and its arguments.
  static var command: Notation {
    let word = TextNotation<String>.named("word", examples: ["pg_isready"])
    return Notation(.list(of: word.shape)) { layered, decoder in
      decoder.list(layered, of: word.shape, atLeastOne: true) { decoder.scalar(Layered($0), as: word) }
    }
  }

  /// Names of elements of a section.
  static func references(to section: SectionName) -> Notation {
    list(of: .reference(to: section), atLeastOne: true)
  }
}
