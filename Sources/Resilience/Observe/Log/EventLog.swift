public import ResilienceCore

/// Writes events as structured lines, one each, for log collectors and for people with `grep`.
///
/// ```swift
/// let engine = try await ResilienceEngine(policiesAt: "policies.yaml", sinks: [EventLog()])
/// ```
/// ```text
/// time=2026-03-01T09:30:05.250Z level=error event=breaker_opened operation=users.get breaker=database from=closed reason=failures failures=5 threshold=5 open_ms=30000 generation=1 source=policies.yaml:14
/// ```
/// Lines are written by a thread of its own, in one piece each. A decision is never held up by a slow output: when more than
/// the log can keep waits to be written, the oldest events are dropped, and a line tells how many. Equal events of single
/// calls are written at most once a second, with how often they were `repeated`. What waits is written before the process
/// exits, if it exits by itself.
public final class EventLog: EventSink {
  /// How many lines can wait to be written.
  private static let capacity = 4_096

  private let level: EventLevel
  private let writer: LogWriter
  private let wall: @Sendable () -> WallTime

  /// A log on a descriptor.
  ///
  /// - Parameters:
  ///   - format: How lines are written.
  ///   - level: Events below it are left out.
  ///   - descriptor: 2, which is standard error, or a file or socket. The log has a duplicate of its own.
  public convenience init(format: Format = .logfmt, level: EventLevel = .info, descriptor: Int32 = 2) {
    self.init(.descriptor(LogDescriptor(descriptor)), format, level, on: .system)
  }

  /// A log whose lines code writes: with their end, one at a time, on the log's own thread.
  public convenience init(
    format: Format = .logfmt, level: EventLevel = .info, write: @escaping @Sendable (String) -> Void
  ) {
    self.init(.code(write), format, level, on: .system)
  }

  init(
    _ output: LogOutput, _ format: Format, _ level: EventLevel, capacity: Int = capacity, on time: TimeSource,
    wall: @escaping @Sendable () -> WallTime = { .now }
  ) {
    self.level = level
    self.wall = wall
    writer = LogWriter(output, format, capacity: capacity, on: time)
    ExitFlush.register(writer)
  }

  deinit { writer.close() }

  public func receive(_ event: ResilienceEvent) {
    guard event.level >= level else { return }
    writer.take(LogEntry(event: event, wall: wall()))
  }

  /// Writes everything that was received, repetitions that are held back included, and waits for that, but not for longer
  /// than `limit`.
  public func flush(within limit: Duration = .seconds(1)) { writer.flush(within: limit) }
}
