import PolicySimulation

/// Writes a run in all formats that were asked for.
struct SimulationOutput {
  let operation: String
  let phases: [UpstreamPhase]
  let calls: Int
  private var status = ExitStatus.clean

  init(operation: String, phases: [UpstreamPhase], calls: Int) {
    self.operation = operation
    self.phases = phases
    self.calls = calls
  }

  /// Runs the simulation once, whatever the formats, and answers the exit status.
  mutating func write(_ simulation: Simulation, to destinations: [SimulateSettings.Destination]) -> ExitStatus {
    var streams: [EventStream] = []
    for destination in destinations where destination.format == .jsonl {
      if let output = open(destination) { streams.append(EventStream(to: output)) }
    }
    let keeper = EventKeeper()
    let isTold = calls <= Narration.maximumCalls && destinations.contains { $0.format == .human }
    let recording = simulation.run(watch: watcher(streams, isTold ? keeper : nil))
    for stream in streams {
      stream.write(recording.summary.jsonLine)
      if let problem = stream.finish() { status = problem.status(or: status) }
    }
    for destination in destinations {
      switch destination.format {
      case .human: write(Narration(recording, events: keeper.events, phases: phases).text, to: destination)
      case .svg: write(Picture(recording, of: operation, phases: phases).text, to: destination)
      case .jsonl: break
      }
    }
    return status
  }

  private func watcher(_ streams: [EventStream], _ keeper: EventKeeper?) -> ((SimulationEvent) -> Void)? {
    guard !streams.isEmpty || keeper != nil else { return nil }
    return { event in
      keeper?.events.append(event)
      guard !streams.isEmpty else { return }
      let line = event.jsonLine
      for stream in streams { stream.write(line) }
    }
  }

  private mutating func write(_ text: String, to destination: SimulateSettings.Destination) {
    guard let output = open(destination) else { return }
    do throws(Output.Problem) {
      try output.write(text)
    } catch {
      status = error.status(or: status)
    }
    if destination.file != nil { output.close() }
  }

  private mutating func open(_ destination: SimulateSettings.Destination) -> Output? {
    guard let file = destination.file else { return .standard }
    do throws(Output.Problem) {
      return try Output(creating: file)
    } catch {
      status = error.status(or: status)
      return nil
    }
  }
}

/// Keeps the events of a short run.
private final class EventKeeper {
  var events: [SimulationEvent] = []
}

/// Writes lines in large pieces. After the first problem nothing more is written.
private final class EventStream {
  private static let pieceSize = 1 << 16
  private let output: Output
  private var bytes: [UInt8] = []
  private var problem: Output.Problem?

  init(to output: Output) { self.output = output }

  func write(_ line: [UInt8]) {
    guard problem == nil else { return }
    bytes += line
    if bytes.count >= Self.pieceSize { flush() }
  }

  /// Writes what is left and closes a file of our own; answers what went wrong, if anything did.
  func finish() -> Output.Problem? {
    flush()
    if output.descriptor > Output.error.descriptor { output.close() }
    return problem
  }

  private func flush() {
    do throws(Output.Problem) {
      if problem == nil { try output.write(bytes) }
    } catch {
      problem = error
    }
    bytes.removeAll(keepingCapacity: true)
  }
}
