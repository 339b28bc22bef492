/// One fact of an event, for logs and other machines.
public struct EventField: Hashable, Sendable {
  /// A word of lower-case letters and underscores.
  public let name: String
  public let value: EventValue

  package init(name: String, _ value: EventValue) {
    self.name = name
    self.value = value
  }

  init(_ name: EventFieldName, _ value: EventValue) { self.init(name: name.rawValue, value) }
  init(_ name: EventFieldName, _ text: String) { self.init(name, .text(text)) }
  init(_ name: EventFieldName, _ count: Int) { self.init(name, .count(count)) }
  init(_ name: EventFieldName, _ duration: Duration) { self.init(name, .duration(duration)) }
}

/// The value of a field. Kinds are added over time: a `switch` needs a default.
@nonexhaustive
public enum EventValue: Hashable, Sendable {
  case text(String)
  case words([String])
  case count(Int)
  /// Between 0 and 1.
  case share(Ratio)
  /// Written in milliseconds; the field's name ends in `_ms`.
  case duration(Duration)
}
