/// What an element is called. The name of one that is written in its layer is put together when somebody asks: a large file
/// has very many of them, and few are ever asked for.
struct ElementName: Sendable {
  /// The name itself, or that of the pipeline or operation whose layer it is.
  private let name: String
  /// The layer's kind; `nil` for an element that has a name of its own.
  private let kind: LayerKind?
  private let isOfOperation: Bool
  /// Which one of its kind it is in its pipeline, from 1.
  private let number: UInt32

  init(_ name: String) {
    self.name = name
    kind = nil
    isOfOperation = false
    number = 1
  }

  init(ofLayer kind: LayerKind, number: Int, in owner: String, isOperation: Bool) {
    name = owner
    self.kind = kind
    isOfOperation = isOperation
    self.number = UInt32(clamping: number)
  }

  var text: String {
    guard let kind else { return name }
    // Put together in one piece of memory: an engine makes one for each layer of each plan.
    var text = ""
    text.reserveCapacity(name.utf8.count + 32)
    if isOfOperation {
      text += SectionName.operations.rawValue
      text += "/"
    }
    text += name
    text += "/"
    text += kind.rawValue
    if number > 1 { text += "-\(number)" }
    return text
  }
}
