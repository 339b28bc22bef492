import LocatedYAML
import PolicyLanguage
import PolicySimulation
import ResilienceCore
import Testing

/// A run's lines of JSON, the summary's included.
struct Run {
  let recording: Recording
  let events: [SimulationEvent]
  let lines: [String]

  init(_ simulation: Simulation) {
    let log = EventLog()
    recording = simulation.run { log.events.append($0) }
    events = log.events
    lines = (events.map(\.jsonLine) + [recording.summary.jsonLine]).map {
      String(decoding: $0.dropLast(), as: UTF8.self)
    }
  }

  private final class EventLog { var events: [SimulationEvent] = [] }
}

extension PolicyDocument {
  static func reading(_ text: String) throws -> PolicyDocument {
    let loaded = PolicyLoader { _ in .success(Array(text.utf8)) }.load("policies.yaml")
    return try #require(loaded.document, "\(loaded.diagnostics.map(\.description))\n\(text)")
  }

  /// A file whose operation `op` has these layers.
  static func layers(_ layers: String, besides head: String = "") throws -> PolicyDocument {
    try reading("version: 1\n\(head)operations:\n  op: {idempotent: true, layers: \(layers)}\n")
  }
}

extension Simulation {
  /// Calls of `op` with an upstream model.
  static func model(
    _ document: PolicyDocument, _ upstream: String, calls: Int, every interval: UInt64 = 0, luck: Luck = .seed(0)
  ) throws -> Simulation {
    let model = try UpstreamModel(parsing: upstream)
    return Simulation(
      of: "op", in: document, .steady(SteadyLoad(calls: calls, every: interval), model), luck: luck)
  }

  static func script(_ document: PolicyDocument, _ lines: String, luck: Luck = .seed(0)) throws -> Simulation {
    Simulation(of: "op", in: document, .script(try Script(Array(lines.utf8), path: "script.jsonl")), luck: luck)
  }
}
