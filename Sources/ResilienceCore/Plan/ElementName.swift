/// What an element is called. The name of one that is written in its layer is put together when somebody asks: a large file
/// has very many of them, and few are ever asked for.
///
/// No name of an element, pipeline or operation has a slash, so two names are equal when their texts are.
package struct ElementName: Hashable, Sendable {
  /// Stands before the names of operations, so that none is taken for a pipeline's.
  private static let operationPrefix = "operations/"

  /// The name itself, or that of the pipeline or operation whose layer it is.
  private let name: String
  /// Which one of its kind it is in its pipeline, from 1.
  private let number: UInt32
  /// The layer's kind; `nil` for an element that has a name of its own.
  private let kind: LayerKind?
  private let isOfOperation: Bool

  private init(_ name: String, number: UInt32, _ kind: LayerKind?, isOfOperation: Bool) {
    self.name = name
    self.number = number
    self.kind = kind
    self.isOfOperation = isOfOperation
  }

  /// The name with this text, whether it is an element's own or one that was put together.
  package init(_ text: String) {
    self = Self.written(in: text) ?? ElementName(own: text)
  }

  /// The name of an element that has its own, in which there is no slash. O(1).
  package init(own name: String) { self.init(name, number: 1, nil, isOfOperation: false) }

  package init(ofLayer kind: LayerKind, number: Int, in owner: String, isOperation: Bool) {
    self.init(owner, number: UInt32(clamping: number), kind, isOfOperation: isOperation)
  }

  package func hash(into hasher: inout Hasher) {
    // The rest tells apart the few elements of one pipeline.
    hasher.combine(name)
  }

  package var text: String {
    guard let kind else { return name }
    // Put together in one piece of memory.
    var text = ""
    text.reserveCapacity(name.utf8.count + 32)
    if isOfOperation { text += Self.operationPrefix }
    text += name
    text += "/"
    text += kind.description
    if number > 1 { text += "-\(number)" }
    return text
  }

  /// The same name, kept in the memory of `owner` if that is the pipeline's or operation's name.
  package func kept(in owner: String) -> ElementName {
    kind != nil && name == owner ? ElementName(owner, number: number, kind, isOfOperation: isOfOperation) : self
  }
}

extension ElementName {
  /// Takes a text apart; `nil` when no layer gives its element this name. O(bytes).
  private static func written(in text: String) -> ElementName? {
    guard text.utf8.contains(UInt8(ascii: "/")) else { return nil }
    var parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let isOfOperation = parts.count == 3 && parts[0] + "/" == operationPrefix
    if isOfOperation { parts.removeFirst() }
    guard parts.count == 2, let owner = parts.first, let place = parts.last?.split(separator: "-", maxSplits: 1),
      let word = place.first, let kind = LayerKind(ofLayer: word), let number = place.count == 1 ? 1 : UInt32(place[1])
    else { return nil }
    let name = ElementName(String(owner), number: number, kind, isOfOperation: isOfOperation)
    return name.text == text ? name : nil
  }
}
