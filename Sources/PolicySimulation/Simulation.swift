internal import PolicyCompiler
package import PolicyLanguage
internal import ResilienceCore

/// Calls of one operation of a policy file, and what they meet, ready to run on virtual time.
///
/// The same input and seed give the same events, whatever machine runs it and however often.
package struct Simulation {
  /// How chance falls.
  package enum Luck: Hashable, Sendable {
    case seed(UInt64)
    /// Jitter takes off all that it can: no wait can be shorter.
    case shortestWaits
    /// Jitter takes nothing off: no wait can be longer.
    case longestWaits

    fileprivate var chance: Chance {
      switch self {
      case .seed(let seed): Chance(seed: seed)
      case .shortestWaits: .largest
      case .longestWaits: .smallest
      }
    }

    /// What an upstream model draws from: another sequence than that of jitter, so that neither shifts the other.
    fileprivate var upstreamChance: Chance {
      if case .seed(let seed) = self { Chance(seed: seed ^ 0x5EED_CA11_EE00_0001) } else { Chance(seed: 0) }
    }
  }

  package enum Calls: Sendable {
    case steady(SteadyLoad, UpstreamModel)
    case script(Script)

    /// How many.
    package var count: Int {
      switch self {
      case .steady(let load, _): load.calls
      case .script(let script): script.callCount
      }
    }
  }

  /// What a reload line of a script finds in its file; `nil` for one that does not load.
  package typealias ReadReload = (_ file: String) -> PolicyDocument?

  private let operation: String
  private let document: PolicyDocument
  private let calls: Calls
  private let luck: Luck
  private let allowsChaos: Bool
  private let readReload: ReadReload

  /// - Parameter allowsChaos: Whether layers of chaos do anything.
  package init(
    of operation: String, in document: PolicyDocument, _ calls: Calls, luck: Luck = .seed(0), allowsChaos: Bool = false,
    readReload: @escaping ReadReload = { _ in nil }
  ) {
    self.operation = operation
    self.document = document
    self.calls = calls
    self.luck = luck
    self.allowsChaos = allowsChaos
    self.readReload = readReload
  }

  /// Whether a document has an entry for an operation, of its own name or a pattern that fits.
  package static func isKnown(_ operation: String, in document: PolicyDocument) -> Bool {
    PolicyGraph(document, CompilerContext()).definition(for: operation) != nil
  }

  /// Runs all calls to their ends. `watch` is given every event, in order.
  package func run(watch: ((SimulationEvent) -> Void)? = nil) -> Recording {
    let notices = Notices()
    let context = CompilerContext(
      time: .virtual(VirtualTime()), chance: luck.chance, supervisor: Supervisor(),
      events: EventHub(notices.observe), allowsChaos: allowsChaos)
    let graph = PolicyGraph(document, context)
    let classes = self.classes
    let world = World(
      operation: operation, graph: graph, classes: classes, load: load(classes), notices: notices,
      recording: Recording(watch: watch)
    ) { file, current in readReload(file).map { PolicyGraph($0, context, following: current) } }
    return world.run()
  }

  /// The run's table of error classes: every one that its callee's failures have.
  private var classes: [String] {
    var seen: Set<String> = []
    let named =
      switch calls {
      case .steady(_, let model): model.errorClasses
      case .script(let script): script.errorClasses.map(\.text) + ["other"]
      }
    return named.filter { seen.insert($0).inserted }
  }

  private func load(_ classes: [String]) -> Load {
    switch calls {
    case .steady(let steady, let model): Load(steady, Upstream(model, classes: classes, chance: luck.upstreamChance))
    case .script(let script): Load(ScriptedLoad(script, classes: classes))
    }
  }
}
