internal import LocatedYAML

/// Where in the policies the decoder is: a section, an element's name, then fields. Written `retries.standard/backoff.initial`.
struct PolicyPath {
  private var steps: [(name: String, key: Node)] = []

  /// An item of a list: a place, and no part of the path.
  mutating func push(item: consuming Node) { steps.append(("", item)) }
  mutating func push(_ name: String, _ key: consuming Node) { steps.append((name, key)) }
  mutating func pop() { if !steps.isEmpty { steps.removeLast() } }

  /// The key of the innermost step.
  var key: Node? { steps.last?.key }
  /// The innermost step.
  var last: String? { steps.last { !$0.name.isEmpty }?.name }

  /// The named element whose field this is; `nil` in an element that is written in a layer, and anywhere deeper.
  var ownerOfField: (section: SectionName, name: String)? {
    guard steps.count == 3, let section = SectionName(rawValue: steps[0].name) else { return nil }
    return (section, steps[1].name)
  }

  var text: String {
    var text = ""
    for (index, step) in steps.filter({ !$0.name.isEmpty }).enumerated() {
      if index > 0 { text += index == 2 ? "/" : "." }
      text += step.name
    }
    return text
  }
}
