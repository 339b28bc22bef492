package import PolicyLanguage
package import ResilienceCore
internal import Synchronization

/// A document, ready to run: finds the entry of an operation, and makes plans around shared, live mechanisms.
///
/// Plans and mechanisms are made when they are asked for first, so that loading a large file costs what is used of it. A
/// graph knows its mechanisms but not its plans: whoever holds a plan keeps what it needs, and an old graph goes with its last
/// call.
package final class PolicyGraph: Sendable {
  package let document: PolicyDocument
  package let context: CompilerContext
  /// Counts the loads of the file: the first is 1.
  package let generation: UInt64
  package let values = StaticValues()
  let numbering: ClassNumbering
  let numbers: SharedNumbers
  let classifier: FailureClassifier
  let planHost: PlanHost
  let directory: OperationDirectory
  let mechanisms: LiveMechanisms

  /// Compiles the first document of an engine, or the next: that changes nothing yet, and ``takeOver(at:)`` puts it in
  /// force.
  package init(_ document: PolicyDocument, _ context: CompilerContext, following old: PolicyGraph? = nil) {
    self.document = document
    self.context = context
    generation = (old?.generation ?? 0) + 1
    mechanisms = old?.mechanisms ?? LiveMechanisms(context)
    numbering = ClassNumbering(document.errors.map(\.name), following: old?.numbering)
    numbers = SharedNumbers(numbering)
    classifier = FailureClassifier(numbering(document.errors.map(\.value)), describe: context.describe)
    planHost = PlanHost(
      classifier: classifier, chance: context.chance, supervisor: context.supervisor, generation: generation)
    directory = OperationDirectory(document)
    if old == nil { mechanisms.breakerHost.begin(generation: generation) }
  }

  /// The exact names that have an entry, in the order of the file. O(operations).
  package var operationNames: [String] { document.operations.names.filter(OperationPattern.isName) }

  /// The entry of an operation: of the same name, or the most specific pattern. O(1) for a name of its own.
  package func definition(for operation: String) -> Definition<OperationDefinition>? {
    directory.index(of: operation).map { document.operations[$0] }
  }

  /// Makes the live mechanisms go by this graph's document. Cannot fail; waiters of mechanisms that are gone run.
  /// O(document).
  ///
  /// - Returns: The breakers whose state that changed, for the observer to be told when no lock is held.
  @discardableResult
  package func takeOver(at now: Instant) -> [ChangedBreaker] { takeOver(definitions, at: now) }

  /// The same with what ``definitions`` answered: what takes long is done before anybody has to wait. O(live mechanisms).
  package func takeOver(_ definitions: MechanismDefinitions, at now: Instant) -> [ChangedBreaker] {
    let renames = document.renames
    mechanisms.breakerHost.begin(generation: generation)
    return mechanisms.withLock { mechanisms in
      mechanisms.rename(renames, at: now)
      return mechanisms.follow(definitions, at: now)
    }
  }

  /// What the document says of each mechanism. O(document).
  package var definitions: MechanismDefinitions { MechanismDefinitions(document, directory, numbering) }

  /// Makes the plan of an operation; `nil` when it has no entry. O(layers).
  package func plan(for operation: String) -> Plan? {
    guard let definition = definition(for: operation) else { return nil }
    let builder = PlanBuilder(graph: self, operation: operation, definition: definition.value)
    return mechanisms.withLock { builder.build(with: &$0) }
  }

  /// The layers that the plan of an operation has, in its order: those of chaos only where the engine allows them.
  package func layers(of operation: OperationDefinition) -> [LayerDefinition] {
    let layers = operation.layers
    return context.allowsChaos || !layers.contains { $0.kind == .chaos } ? layers : layers.filter { $0.kind != .chaos }
  }

  /// The layers of chaos of all operations, each place once. O(operations that have more than ordinary ones).
  package var chaosLayers: [LayerDefinition] {
    var seen: Set<Location> = []
    return document.operations.withMoreThanElements.flatMap(\.value.layers).filter {
      $0.kind == .chaos && seen.insert($0.location).inserted
    }
  }

  /// The bulkheads that are in use, those of single label values included, by the names that events give them.
  package var bulkheads: [Bulkhead] {
    let scoped = mechanisms.withLock { $0.bulkheads.values.map(\.instance) }
    var all: [Bulkhead] = []
    for bulkheads in scoped { bulkheads.visitAll { all.append($0) } }
    return all.sorted { $0.name < $1.name }
  }
}
