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
    decoder.elements.fallbacks = readAll(.fallbacks, .fallback)
    decoder.elements.pipelines = readAll(.pipelines, .layers)
    let operations = readAll(.operations, Notation<OperationDefinition>.operation)
    let order = decoder.catalogue.sections[.operations]?.list ?? []
    decoder.elements.operations = order.compactMap { operations[$0.name] }
    return document(sources: sources, environment: environment)
  }

  private func document(sources: [SourceText], environment: String?) -> PolicyDocument {
    let elements = decoder.elements
    return PolicyDocument(
      environment: environment, sources: sources, guardrails: guardrails, errors: elements.errors,
      breakers: elements.breakers, retries: elements.retries, budgets: elements.budgets, timeouts: elements.timeouts,
      bulkheads: elements.bulkheads, rateLimiters: elements.rateLimiters, fallbacks: elements.fallbacks,
      pipelines: elements.pipelines, operations: elements.operations,
      environments: decoder.catalogue.environmentNames, waivers: decoder.catalogue.waivers)
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
    let classes = readAll(.errors, .errorClass)
    let entries = decoder.catalogue.sections[.errors]?.list ?? []
    decoder.elements.errors = entries.compactMap { entry in
      classes[entry.name].map { read in
        var value = read.value
        value.name = entry.name
        return Definition(name: read.name, location: read.location, value: value, origins: read.origins)
      }
    }
    if let first = entries.dropFirst(FailureClasses.capacity).first {
      decoder.report(
        .outOfRange, "there are \(entries.count) error classes; at most \(FailureClasses.capacity) can be told apart",
        at: Location(first.key))
    }
  }

  /// Every element of a section that could be read, by name.
  private func readAll<Value>(_ section: SectionName, _ notation: Notation<Value>) -> [String: Definition<Value>] {
    guard let entries = decoder.catalogue.sections[section]?.list else { return [:] }
    var found = [String: Definition<Value>](minimumCapacity: entries.count)
    for entry in entries {
      decoder.push(section.rawValue, entry.key)
      decoder.push(entry.name, entry.key)
      decoder.layerOwner = LayerOwner(section == .operations ? "operations/\(entry.name)" : entry.name)
      let view = decoder.inheriting(decoder.view(of: entry, in: section), in: section, named: entry.name)
      if let value = notation.read(view, decoder) {
        found[entry.name] = Definition(
          name: entry.name, location: Location(entry.key), value: value, origins: Origins(view))
      }
      decoder.pop()
      decoder.pop()
    }
    return found
  }
}
