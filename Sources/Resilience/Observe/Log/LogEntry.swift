internal import ResilienceCore

/// An event on its way to a line.
struct LogEntry: Sendable {
  var event: ResilienceEvent
  /// When it was decided.
  var wall: WallTime
  /// How many like it were held back since the line before, this one included; zero for one that was not held back.
  var repeated = 0

  /// Everything that the line says.
  var fields: [EventField] {
    [
      EventField(name: "time", .text(wall.text)), EventField(name: "level", .text(event.level.rawValue)),
      EventField(name: "event", .text(event.kind.name.rawValue)),
    ] + event.fields + (repeated > 0 ? [EventField(name: "repeated", .count(repeated))] : [])
  }
}
