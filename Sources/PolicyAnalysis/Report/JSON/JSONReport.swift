import LocatedYAML
import PolicyLanguage

/// The program that a report comes from.
public struct ReportingTool: Sendable {
  public let name: String
  public let version: String

  public init(name: String, version: String) {
    self.name = name
    self.version = version
  }
}

extension Report {
  /// The whole report as one JSON object, with a line end behind it.
  ///
  /// Lines and columns count from 1, columns in Unicode scalars; an end is the place behind the last character.
  public func json(_ options: ReportOptions, tool: ReportingTool, exitStatus: Int32) -> String {
    let shown = shown(options)
    let value = JSONValue.object([
      ("version", .number(1)),
      ("tool", .object([("name", .string(tool.name)), ("version", .string(tool.version))])),
      ("files", .array(files.map(\.json))),
      ("findings", .array(shown.map(\.json))),
      ("summary", summary(shown: shown.count, exitStatus: exitStatus)),
    ])
    return value.text(breaks: 2) + "\n"
  }

  private func summary(shown: Int, exitStatus: Int32) -> JSONValue {
    .object([
      ("errors", .number(count(of: .error))),
      ("warnings", .number(count(of: .warning))),
      ("infos", .number(count(of: .info))),
      ("suppressed", .number(suppressed.count)),
      ("shown", .number(shown)),
      ("incomplete", .bool(isIncomplete)),
      ("problems", .array(problems.map(JSONValue.string))),
      ("exitStatus", .number(Int(exitStatus))),
    ])
  }
}

extension Report.File {
  fileprivate var json: JSONValue {
    .object([
      ("path", .string(path)),
      ("environments", .array(environments.map(JSONValue.string))),
      ("problem", .optional(problem)),
    ])
  }
}

extension Finding {
  fileprivate var json: JSONValue {
    let start = diagnostic.location.jsonPlace
    return .object(
      [
        ("rule", .string(rule.code)),
        ("name", .string(rule.name)),
        ("severity", .string(severity.rawValue)),
        ("message", .string(diagnostic.message)),
      ] + start + [
        ("path", .string(diagnostic.path)),
        ("environments", .array(environments.map(JSONValue.string))),
        ("operations", .array(operations.map(JSONValue.string))),
        ("related", .array(diagnostic.related.map(\.json))),
        ("notes", .array(diagnostic.notes.map(JSONValue.string))),
        ("help", .optional(diagnostic.help)),
        ("witness", witness),
        ("fix", diagnostic.fix?.json ?? .null),
        ("fingerprint", .string(fingerprint.description)),
        ("suppressed", suppression?.json ?? .null),
      ])
  }

  private var witness: JSONValue {
    guard let lines = diagnostic.witness, !lines.isEmpty else { return .null }
    let timeline = lines.map { JSONValue.object([("at", .string($0.at)), ("event", .string($0.event))]) }
    return .object([
      ("kind", .optional(witnessKind?.rawValue)), ("timeline", .array(timeline)),
      ("replay", .optional(replay)),
    ])
  }
}

extension Location {
  /// File, start and end, as the keys that every object with a place has.
  fileprivate var jsonPlace: [(key: String, value: JSONValue)] {
    let start = source.position(of: span.start)
    let end = source.position(of: span.end)
    return [
      ("file", .string(source.path)),
      ("line", .number(start.line)),
      ("column", .number(start.column)),
      ("endLine", .number(end.line)),
      ("endColumn", .number(end.column)),
    ]
  }
}

extension Diagnostic.Related {
  fileprivate var json: JSONValue { .object(location.jsonPlace + [("message", .string(message))]) }
}

extension Fix {
  fileprivate var json: JSONValue {
    let edits = edits.map { JSONValue.object($0.location.jsonPlace + [("replacement", .string($0.replacement))]) }
    return .object([("safety", .string(safety.rawValue)), ("edits", .array(edits))])
  }
}

extension Suppression {
  fileprivate var json: JSONValue {
    .object([
      ("kind", .string(kind.rawValue)),
      ("place", .string(place)),
      ("reason", .optional(reason)),
      ("until", .optional(until?.description)),
    ])
  }
}
