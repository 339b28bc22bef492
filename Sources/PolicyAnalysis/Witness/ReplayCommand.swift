import LocatedYAML
import PolicyLanguage
import PolicySimulation
import ResilienceCore

/// Finds the command line with which a reader can play a witness: one that was run here and did show it.
struct ReplayCommand {
  private let operation: Definition<OperationDefinition>
  private let document: PolicyDocument
  /// A name that is looked up to the operation's entry; `nil` when there may be none.
  private let name: String?

  init(_ operation: Definition<OperationDefinition>, in document: PolicyDocument) {
    self.operation = operation
    self.document = document
    name = document.sampleName(of: operation)
  }

  /// Calls that go on one after the other.
  struct Calls {
    var count = 1
    /// Nanoseconds.
    var every: UInt64 = 0

    fileprivate var words: [String]? {
      guard count > 1 else { return [] }
      guard let every = DurationText.show(Duration(nanoseconds: every)) else { return nil }
      return ["--calls", "\(count)", "--every", every]
    }
  }

  /// One call whose attempts fail at once: with the first class, and if need be the shortest waits, that show it.
  func failing(_ calls: Calls = Calls(), shows: (Recording, [SimulationEvent]) -> Bool) -> String? {
    let classes = ["fail=0ms"] + document.errors.prefix(20).map { "fail:\($0.name)=0ms" }
    for upstream in classes {
      for luck in [Simulation.Luck.seed(0), .shortestWaits] {
        if let command = command(upstream, calls, luck, shows: shows) { return command }
      }
    }
    return nil
  }

  /// One call whose attempts never end.
  func hanging(shows: (Recording, [SimulationEvent]) -> Bool) -> String? {
    command("hang", Calls(), .seed(0), shows: shows)
  }

  private func command(
    _ upstream: String, _ calls: Calls, _ luck: Simulation.Luck, shows: (Recording, [SimulationEvent]) -> Bool
  ) -> String? {
    guard let name, let path = document.sources.first?.path, let model = try? UpstreamModel(parsing: upstream),
      let callWords = calls.words
    else { return nil }
    let events = EventLog()
    let load = SteadyLoad(calls: calls.count, every: calls.every)
    let recording = Simulation(of: name, in: document.only(operation), .steady(load, model), luck: luck).run { event in
      events.all.append(event)
    }
    guard shows(recording, events.all) else { return nil }
    var words = ["policy-lint", "simulate", path, name, "--upstream", upstream] + callWords
    if luck == .shortestWaits { words += ["--waits", "shortest"] }
    if let environment = document.environment { words += ["--environment", environment] }
    return words.map(\.shellQuoted).joined(separator: " ")
  }
}

private final class EventLog { var all: [SimulationEvent] = [] }

extension PolicyDocument {
  /// A name whose most specific entry is this one.
  fileprivate func sampleName(of operation: Definition<OperationDefinition>) -> String? {
    guard let pattern = OperationPattern(operation.name), !pattern.isExact else { return operation.name }
    let name = operation.name.split(separator: ".", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("*") ? "x" : String($0) }.joined(separator: ".")
    let others = operations.lazy.filter { $0.name != operation.name }
    let isHidden = others.contains { other in
      guard let rival = OperationPattern(other.name), rival.matches(name) else { return false }
      return rival.isExact || rival.isMoreSpecific(than: pattern)
    }
    return isHidden ? nil : name
  }

  /// The document with this operation and those that stand in for it, so that compiling costs what is used.
  fileprivate func only(_ operation: Definition<OperationDefinition>) -> PolicyDocument {
    let standsIn = operation.value.layers.contains { layer in
      guard case .fallback(let chain) = layer.element else { return false }
      return chain.contains { if case .operation = $0.value.kind { true } else { false } }
    }
    guard !standsIn else { return self }
    var document = self
    document.operations = Operations([operation])
    return document
  }
}

extension String {
  /// The text as one word of a shell's line.
  var shellQuoted: String {
    let plain = utf8.allSatisfy { byte in
      let scalar = Unicode.Scalar(byte)
      return scalar.properties.isAlphabetic && scalar.isASCII || (0x30...0x39).contains(byte)
        || "-_./:=%@,+".utf8.contains(byte)
    }
    guard !plain || isEmpty else { return self }
    return "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}
