internal import LocatedYAML
internal import ResilienceCore

/// Reads the elements of one environment in the order in which they name each other.
struct DocumentBuilder {
  private let decoder: PolicyDecoder

  init(_ decoder: PolicyDecoder) { self.decoder = decoder }

  func build(sources: [SourceText], environment: String?) -> PolicyDocument {
    readErrors()
    decoder.elements.budgets = readAll(.budgets, .budget)
    decoder.elements.breakers = readAll(.breakers, .breaker)
    decoder.elements.retries = readAll(.retries, .retry)
    decoder.elements.timeouts = readAll(.timeouts, .timeout)
    decoder.elements.bulkheads = readAll(.bulkheads, .bulkhead)
    decoder.elements.rateLimiters = readAll(.rateLimiters, .rateLimiter)
    decoder.elements.hedges = readAll(.hedges, .hedge)
    decoder.elements.fallbacks = readAll(.fallbacks, .fallback)
    readPipelines()
    decoder.elements.operations = readOperations()
    decoder.elements.healthChecks = readAll(.healthChecks, .healthCheck)
    decoder.elements.recoveries = readAll(.recoveries, .recovery)
    RenameCheck(decoder: decoder).run()
    return document(sources: sources, environment: environment)
  }

  private func document(sources: [SourceText], environment: String?) -> PolicyDocument {
    let elements = decoder.elements
    let isComplete = elements.operations.count == decoder.catalogue.sections[.operations].list.count
    return PolicyDocument(
      environment: environment, sources: sources, guardrails: guardrails, errors: elements.errors.compactMap(\.self),
      breakers: named(elements.breakers), retries: named(elements.retries), budgets: named(elements.budgets),
      timeouts: named(elements.timeouts), bulkheads: named(elements.bulkheads),
      rateLimiters: named(elements.rateLimiters), hedges: named(elements.hedges), fallbacks: named(elements.fallbacks),
      pipelines: named(elements.pipelines), operations: elements.operations,
      healthChecks: named(elements.healthChecks), recoveries: named(elements.recoveries),
      environments: decoder.catalogue.environmentNames, waivers: decoder.catalogue.waivers,
      renames: decoder.renames,
      knownPositions: isComplete ? positions : nil)
  }

  private var positions: OperationPositions {
    let catalogue = decoder.catalogue
    return OperationPositions(of: catalogue.sections[.operations], patterns: catalogue.patterns)
  }

  private func named<Value>(_ list: ElementList<Value>) -> [String: Definition<Value>] {
    var found = [String: Definition<Value>](minimumCapacity: list.count)
    for case .some(let definition) in list { found[definition.name] = definition }
    return found
  }

  /// The ceilings of the files, the environment's over the base's.
  private var guardrails: Guardrails {
    let overrides = decoder.environments.compactMap { environment in
      environment.overlay.guardrails.map {
        Layered.Layer(node: $0, origin: .environment(environment.name))
      }
    }
    let own = decoder.catalogue.guardrails.map { Layered.Layer(node: $0, origin: .own) }
    guard let view = Layered(overrides + own), let key = own.first?.node ?? overrides.first?.node else {
      return Guardrails()
    }
    decoder.push("guardrails", key)
    defer { decoder.pop() }
    var guardrails = FileTable.guardrails.read(view, decoder)?.draft ?? Guardrails()
    guardrails.origins = Origins(view)
    return guardrails
  }

  private func readErrors() {
    let entries = decoder.catalogue.sections[.errors].list
    decoder.elements.errors = zip(readAll(.errors, .errorClass), entries).map { read, entry in
      read.map {
        var value = $0.value
        value.name = entry.name
        return Definition(name: $0.name, location: $0.location, value: value, origins: $0.origins)
      }
    }
    if let first = entries.dropFirst(FailureClasses.capacity).first {
      decoder.report(
        .outOfRange, "there are \(entries.count) error classes; at most \(FailureClasses.capacity) can be told apart",
        at: Location(first.key))
    }
  }

  /// Pipelines that are spliced are read before those that splice them.
  private func readPipelines() {
    let section = decoder.catalogue.sections[.pipelines]
    decoder.elements.pipelines = Array(repeating: nil, count: section.list.count)
    let splices = PipelineSplices(
      section.list.map { ($0.name, decoder.view(of: $0, in: .pipelines).layers.last?.node ?? $0.value) })
    decoder.cyclicSplices = splices.reportCycles(&decoder.log)
    for name in splices.innermostFirst {
      guard let position = section.position(of: name) else { continue }
      decoder.elements.pipelines[position] = read(section.list[position], of: .pipelines, .pipeline)
    }
  }

  /// Every operation that can be read.
  private func readOperations() -> Operations {
    var ordinary = OrdinaryOperations(decoder)
    var entries = decoder.catalogue.sections[.operations].list
    var items: [WrittenOperations.Item] = []
    var made: [Definition<OperationDefinition>] = []
    var unreadable: Set<Int> = []
    items.reserveCapacity(entries.count)
    for (position, entry) in entries.enumerated() {
      if decoder.view(of: entry, in: .operations).isPlain, let written = ordinary.read(entry, in: entry.value.tree) {
        items.append(.written(written))
      } else if let definition = read(entry, of: .operations, .operation) {
        items.append(.made(UInt32(truncatingIfNeeded: made.count)))
        made.append(definition)
      } else {
        unreadable.insert(position)
      }
    }
    if !unreadable.isEmpty {
      entries = entries.enumerated().filter { !unreadable.contains($0.offset) }.map(\.element)
    }
    return Operations(
      WrittenOperations(entries, items, made: made, layers: ordinary.layers, said: decoder.alike.said))
  }

  /// Every element of a section, at the position of its name.
  private func readAll<Value>(_ section: SectionName, _ notation: Notation<Value>) -> ElementList<Value> {
    decoder.catalogue.sections[section].list.map { read($0, of: section, notation) }
  }

  private func read<Value>(
    _ entry: Entry, of section: SectionName, _ notation: Notation<Value>
  ) -> Definition<Value>? {
    let name = entry.name
    decoder.push(section.rawValue, entry.key)
    decoder.path.push(entry.key)
    defer {
      decoder.pop()
      decoder.pop()
    }
    decoder.layerOwner = LayerOwner(name, isOperation: section == .operations)
    let view = decoder.inheriting(decoder.view(of: entry, in: section), in: section, named: name)
    guard let value = notation.read(view, decoder) else { return nil }
    return Definition(name: name, location: Location(entry.key), value: value, origins: Origins(view))
  }
}
