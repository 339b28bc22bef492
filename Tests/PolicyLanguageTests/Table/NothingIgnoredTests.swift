import LocatedYAML
import Testing

@testable import PolicyLanguage

/// What became of every value of a file.
private struct Audit {
  let diagnostics: [Diagnostic]
  /// Values that were neither read nor reported.
  var lost: [String] = []
  private let places: Set<Location>
  private let consumed: Set<Location>

  init(_ text: String) throws {
    let log = ConsumptionLog()
    let loader = PolicyLoader { _ in .success(Array(text.utf8)) }
    let files = FileGathering(loader, consumption: log).gather("random.yaml")
    diagnostics = files.buildAll().diagnostics
    places = Set(diagnostics.filter { $0.severity > .info }.map(\.location))
    consumed = log.consumed
    let source = try #require(files.sources.first)
    if let root = loadYAML(source).root {
      // The same bytes, parsed once more: places are compared by text object, so they are moved to the loader's.
      walk(root, in: source, isReported: false)
    }
  }

  private mutating func walk(_ node: Node, in source: SourceText, isReported: Bool) {
    let place = Location(source: source, span: node.span)
    let isReported = isReported || places.contains(place)
    switch node.kind {
    case .scalar:
      if !isReported, !consumed.contains(place), !node.isPlainEmpty { lost.append("\(place): \(node.text)") }
    case .sequence:
      for item in node.items { walk(item, in: source, isReported: isReported) }
    case .mapping:
      for (key, value) in node.entries {
        let keyIsReported = isReported || places.contains(Location(source: source, span: key.span))
        if node == node.source.rootOf(node), key.text.hasPrefix("x-") { continue }
        walk(key, in: source, isReported: keyIsReported)
        walk(value, in: source, isReported: keyIsReported)
      }
    case .alias: break
    }
  }
}

extension SourceText {
  fileprivate func rootOf(_ node: Node) -> Node? { node.span.start == 0 ? node : nil }
}

@Test("Every value of a random file is read or reported", arguments: 1...120)
func nothingIgnored(_ seed: Int) throws {
  let text = RandomFile(seed: UInt64(seed), wrong: 40).text()
  let audit = try Audit(text)
  #expect(audit.lost.isEmpty, "seed \(seed)\n\(text)")
}

@Test("What the field table writes, the decoder reads", arguments: 1...60)
func tableIsReadable(_ seed: Int) throws {
  let text = RandomFile(seed: UInt64(seed), wrong: 0).text()
  let audit = try Audit(text)
  #expect(audit.lost.isEmpty, "seed \(seed)\n\(text)")
  let shape: Set = ["RP201", "RP202", "RP203", "RP204", "RP205", "RP207", "RP212", "RP301"]
  let found = audit.diagnostics.filter { shape.contains($0.rule.code) && !$0.message.contains("needs") }
  #expect(found.isEmpty, "seed \(seed): \(found)\n\(text)")
}
