internal import LocatedYAML

extension Rule {
  static let pipelineCycle = Rule(
    "RP313", "pipeline-cycle", .error, "Pipelines that contain each other.",
    why: "A pipeline that contains itself has no innermost layer, so no call would ever reach its callee.",
    bad: RuleExample(
      """
      version: 1
      pipelines:
        read: [{deadline: 2s}, {pipeline: guarded}]
        guarded: [{pipeline: read}]
      operations:
        users.get: read

      """, line: 3),
    good: """
      version: 1
      pipelines:
        read: [{deadline: 2s}, {pipeline: guarded}]
        guarded: [{breaker: {failures: 5, open: 60s}}]
      operations:
        users.get: read

      """)
}

/// Which pipelines have which others in them.
struct PipelineSplices {
  private struct Splice {
    let key: Node
    let target: String
  }

  private let names: [String]
  private let splices: [String: [Splice]]

  /// - Parameter pipelines: The name of each, and its list of layers.
  init(_ pipelines: [(name: String, layers: Node)]) {
    names = pipelines.map(\.name)
    var splices: [String: [Splice]] = [:]
    for pipeline in pipelines {
      for layer in pipeline.layers.items {
        guard let target = layer.resolved.value("pipeline")?.resolved, target.kind == .scalar,
          let key = layer.resolved.entries.first(where: { $0.key.resolved.hasText("pipeline") })?.key
        else { continue }
        splices[pipeline.name, default: []].append(Splice(key: key, target: target.text))
      }
    }
    self.splices = splices
  }

  /// All names, each behind those that it has in it; within a cycle somehow. O(pipelines + splices).
  var innermostFirst: [String] {
    var ordered: [String] = []
    var seen: Set<String> = []
    for name in names where seen.insert(name).inserted {
      var waiting = [(name: name, next: 0)]
      while let (name, next) = waiting.last {
        let choices = splices[name] ?? []
        guard next < choices.count else {
          ordered.append(name)
          waiting.removeLast()
          continue
        }
        waiting[waiting.count - 1].next += 1
        if seen.insert(choices[next].target).inserted { waiting.append((choices[next].target, 0)) }
      }
    }
    return ordered
  }

  /// Reports each cycle once, at its first pipeline; answers the layers that make up the cycles.
  func reportCycles(_ log: inout FindingLog) -> Set<Location> {
    var keys: Set<Location> = []
    var seen: Set<String> = []
    for name in names where !splices.isEmpty && !seen.contains(name) {
      guard let cycle = cycle(from: name) else { continue }
      seen.formUnion(cycle.map(\.name))
      for step in cycle { keys.insert(Location(step.splice.key)) }
      guard let first = cycle.first else { continue }
      let names = (cycle.map(\.name) + [first.name]).joined(separator: " → ")
      log.add(
        Diagnostic(
          .pipelineCycle, "pipeline `\(first.name)` contains itself: \(names)", at: Location(first.splice.key),
          path: "pipelines.\(first.name)", help: "one of them has to stand on its own"))
    }
    return keys
  }

  /// A way from a pipeline back to itself. Depth first, each pipeline once.
  private func cycle(from start: String) -> [(name: String, splice: Splice)]? {
    var visited: Set<String> = []
    var way: [(name: String, splice: Splice)] = []
    var waiting = [(name: start, next: 0)]
    while let (name, next) = waiting.last {
      let choices = splices[name] ?? []
      guard next < choices.count else {
        waiting.removeLast()
        _ = way.popLast()
        continue
      }
      waiting[waiting.count - 1].next += 1
      let splice = choices[next]
      if splice.target == start { return way + [(name, splice)] }
      guard visited.insert(splice.target).inserted else { continue }
      way.append((name, splice))
      waiting.append((splice.target, 0))
    }
    return nil
  }
}
