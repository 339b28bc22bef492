internal import LocatedYAML

/// Where in the policies the decoder is: a section, an element's name, then fields. Written `retries.standard/backoff.initial`.
///
/// Every field of a file is a step, so nobody checks at run time that the steps are not changed twice at once. They cannot be: one
/// thread reads a file, ``steps`` are private, and no method calls anything while it changes them but what adds and removes strings
/// and nodes, which runs no code of this module.
final class PolicyPath {
  @exclusivity(unchecked) private var steps: [Step] = []

  private struct Step {
    /// `nil`: what is written in the key; empty for an item of a list.
    let name: String?
    let key: Node

    var text: String { name ?? key.resolved.text }
  }

  /// An item of a list: a place, and no part of the path.
  func push(item: consuming Node) { unsafe steps.append(Step(name: "", key: item)) }
  func push(_ name: String, _ key: consuming Node) { unsafe steps.append(Step(name: name, key: key)) }
  /// A step that is called what is written in its key. The text is made when somebody asks.
  func push(_ key: consuming Node) { unsafe steps.append(Step(name: nil, key: key)) }
  func pop() { unsafe _ = steps.popLast() }

  /// The key of the innermost step.
  var key: Node? { unsafe steps.last?.key }
  /// The innermost step.
  var last: String? { unsafe steps.last { $0.name?.isEmpty != true }?.text }

  /// The named element whose field this is; `nil` in an element that is written in a layer, and anywhere deeper.
  var ownerOfField: (section: SectionName, name: String)? {
    let steps = unsafe steps
    guard steps.count == 3, let section = SectionName(rawValue: steps[0].text) else { return nil }
    return (section, steps[1].text)
  }

  var text: String {
    var text = ""
    for (index, step) in unsafe steps.filter({ $0.name?.isEmpty != true }).enumerated() {
      if index > 0 { text += index == 2 ? "/" : "." }
      text += step.text
    }
    return text
  }
}
