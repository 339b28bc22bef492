internal import PolicyCompiler
internal import PolicyLanguage
internal import ResilienceCore

/// What an engine has in force: the graph, and the operations that code looked up in it.
struct EngineState: Sendable {
  /// An operation that code looked up, and everything it declared of it.
  struct LookedUp: Sendable {
    /// Set for a name of the file itself.
    let kept: OperationEntry?
    /// Set for a name that only fits a pattern, which lives as long as its handles. Not for others as well: an object that has been referred
    /// to weakly has its reference count elsewhere for ever, twice as far away for every handle.
    private weak let fitting: OperationEntry?
    var declarations: [Declaration.Key: Declaration] = [:]

    init(_ entry: OperationEntry, isKept: Bool) {
      kept = isKept ? entry : nil
      fitting = isKept ? nil : entry
    }

    var entry: OperationEntry? { kept ?? fitting }
  }

  private(set) var graph: PolicyGraph
  private(set) var operations: [String: LookedUp] = [:]
  /// Changes with everything that a reload has to look at.
  private(set) var version: UInt64 = 0

  /// What the last try to load the policies read, whatever came of it; `nil` for a file that could not be read.
  var files: [String: [UInt8]?]

  init(_ graph: PolicyGraph, files: [String: [UInt8]?]) {
    self.graph = graph
    self.files = files
  }

  /// The entry of an operation that was declared in this way before.
  func entry(of operation: String, declared declaration: Declaration.Key) -> OperationEntry? {
    guard let known = operations[operation], known.declarations[declaration] != nil else { return nil }
    return known.entry
  }

  /// Whether an entry stays as long as the engine.
  func keeps(_ entry: OperationEntry) -> Bool { operations[entry.name]?.kept === entry }

  /// Notes a declaration that was found good; the entry is made with the first.
  mutating func declare(_ operation: String, _ declaration: Declaration) -> OperationEntry {
    version += 1
    var known: LookedUp
    let entry: OperationEntry
    if let earlier = operations[operation], let alive = earlier.entry {
      (known, entry) = (earlier, alive)
    } else {
      entry = OperationEntry(operation, graph.plan(for: operation))
      known = LookedUp(entry, isKept: graph.definition(for: operation)?.name == operation)
    }
    known.declarations[declaration.key] = declaration
    operations[operation] = known
    return entry
  }

  /// Puts a graph in force: mechanisms follow it, and whatever is looked up from now on is looked up in it. O(live mechanisms).
  ///
  /// - Returns: The breakers whose state that changed, for the observer to be told when no lock is held.
  mutating func install(_ next: PolicyGraph, _ definitions: MechanismDefinitions, at now: Instant) -> [ChangedBreaker] {
    version += 1
    graph = next
    return next.takeOver(definitions, at: now)
  }

  /// Gives these operations, which were looked up, their plans of a graph; `false` when another graph is in force.
  mutating func exchangePlans(of names: some Sequence<String>, with next: PolicyGraph) -> Bool {
    guard graph === next else { return false }
    for name in names {
      guard let known = operations[name] else { continue }
      if let entry = known.entry { entry.slot.put(next.plan(for: name)) } else { operations[name] = nil }
    }
    return true
  }
}
