public import PolicyLanguage
import PolicySimulation
import ResilienceCore

/// What a file does around the calls of one operation, and why.
public struct Explanation: Sendable {
  /// Why there is nothing to explain.
  public struct NoEntry: Error, Sendable {
    /// The nearest entries in a question; `nil` when none is near.
    public let question: String?
  }

  private let name: String
  private let document: PolicyDocument
  private let operation: Definition<OperationDefinition>

  /// Looks the operation up as an engine does: the entry of this very name, else the most specific pattern that fits.
  public init(of name: String, in document: PolicyDocument) throws(NoEntry) {
    let patterns = document.operations.compactMap { entry in
      OperationPattern(entry.name).map { (entry: entry, pattern: $0) }
    }
    let fitting = patterns.filter { !$0.pattern.isExact && $0.pattern.matches(name) }
    let best = fitting.max { $1.pattern.isMoreSpecific(than: $0.pattern) }
    guard let entry = document.operations.first(where: { $0.name == name }) ?? best?.entry else {
      throw NoEntry(question: NearestName(to: name, among: document.operations.names).question)
    }
    self.name = name
    self.document = document
    operation = entry
  }

  /// The layers from the outermost in, each number with its place, and the worst case.
  public var text: String {
    let layers = operation.value.layers.enumerated().map { index, layer in rows(of: layer, number: index + 1) }
    let body = layers.isEmpty ? "\nno layers: its body runs as it is\n" : layers.joined()
    return head + body + worstCase
  }

  private var head: String {
    let how =
      operation.name == name
      ? "by its own name" : "by the pattern `\(operation.name)`, the most specific that fits"
    var rows = ["\(name.visible)\(document.environment.map { " in environment \($0)" } ?? "")"]
    rows.append("  entry       \(operation.location.description.visible), \(how)")
    if let name = operation.value.pipelineName, let pipeline = document.pipelines[name] {
      rows.append("  pipeline    \(name) at \(pipeline.location.description.visible)")
    }
    rows.append("  idempotent  \(idempotency), \(document.origin(of: "idempotent", in: operation).visible)")
    return rows.joined(separator: "\n") + "\n"
  }

  private var idempotency: String {
    switch operation.value.idempotency {
    case .yes: "true"
    case .no: "false"
    case .unknown: "unknown"
    case .key(let key): "by key \(key)"
    }
  }

  private func rows(of layer: LayerDefinition, number: Int) -> String {
    var text = "\n\(number)  \(layer.kind) \(layer.elementNames)  \(layer.location.description.visible)\(via(layer))\n"
    for field in layer.fields(in: document) {
      text += "     " + padded(field.name, 20) + padded(field.value.visible, 28) + field.place.visible + "\n"
    }
    return text
  }

  private func via(_ layer: LayerDefinition) -> String {
    layer.splice.map { ", via pipeline \($0.pipeline)" } ?? ""
  }

  private var worstCase: String {
    let worst = WorstCase(of: operation, in: document)
    let attempts = "\(worst.attempts) \(worst.attempts == 1 ? "attempt" : "attempts")"
    let time = worst.time.map(TimeText.inWords) ?? "no end: nothing bounds a call"
    return "\nworst case  \(time); at most \(attempts)\n" + worst.notes.map { "  note: \($0)\n" }.joined()
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 1))
  }
}

extension LayerDefinition {
  /// The names of what the layer names.
  fileprivate var elementNames: String {
    switch element {
    case .fallback(let chain): chain.map(\.name).joined(separator: ", ")
    case .deadline(let element), .timeout(let element): element.name
    case .rateLimit(let element): element.name
    case .bulkhead(let element): element.name
    case .retry(let element): element.name
    case .breaker(let element): element.name
    case .hedge(let element): element.name
    case .chaos(let element): element.name
    }
  }
}
