internal import LocatedYAML

/// Who wrote a value.
enum Origin: Hashable, Sendable {
  /// The element itself.
  case own
  /// What it extends.
  case parent(String)
  case environment(String)
  /// The `tune` of an operation.
  case tune

  /// How a reader is told; `nil` for the element itself.
  var note: String? {
    switch self {
    case .own: nil
    case .parent(let name): name.hasPrefix(Presets.prefix) ? name : "extends \(name)"
    case .environment(let name): "environment \(name)"
    case .tune: "tune"
    }
  }
}

/// A value as several places of the files say it: an environment's override, the element itself, what it extends.
///
/// The first place wins. Maps are merged field by field, a list or a scalar hides what is below it; a scalar that is the
/// short form of a map hides what is below it too, and is merged as its long form by a map above.
struct Layered: Sendable {
  struct Layer: Sendable {
    /// Without aliases.
    let node: Node
    let origin: Origin
    /// The one field of a map that the node is the value of; `nil`: it is the whole value.
    var field: String?

    /// Whether the places below it have a say.
    fileprivate var isPart: Bool { node.kind == .mapping || field != nil }
  }

  /// The topmost place. Without aliases.
  let node: Node
  /// What is to be said beside that; `nil` for one place that the element itself is written in, as nearly all are.
  private let more: More?

  private final class More: Sendable {
    let origin: Origin
    let field: String?
    let below: [Layer]

    init(_ top: Layer, _ below: [Layer]) {
      origin = top.origin
      field = top.field
      self.below = below
    }
  }

  /// A place that the element itself is written in.
  init(_ node: consuming Node) {
    self.node = node.kind == .alias ? node.resolved : node
    more = nil
  }

  init(_ node: Node, origin: Origin) {
    self.init(top: Layer(node: node.resolved, origin: origin), below: [])
  }

  /// `nil` for no layers.
  init?(_ layers: [Layer]) {
    guard let first = layers.first else { return nil }
    self.init(top: first, below: Array(layers.dropFirst()))
  }

  private init(top: Layer, below: [Layer]) {
    node = top.node
    more = below.isEmpty && top.field == nil && top.origin == .own ? nil : More(top, below)
  }

  var top: Layer { Layer(node: node, origin: more?.origin ?? .own, field: more?.field) }
  var below: [Layer] { more?.below ?? [] }

  /// Whether it is one place, written in the element itself.
  var isPlain: Bool { more == nil }

  /// The same value with another place on top that the element says as this one does.
  func part(_ node: consuming Node) -> Layered { more == nil ? Layered(node) : Layered(node, origin: top.origin) }

  /// The layers that matter: down to the first that is no map.
  var layers: [Layer] {
    guard let more, !more.below.isEmpty, top.isPart else { return [top] }
    var seen = [top]
    for layer in more.below {
      seen.append(layer)
      if !layer.isPart { break }
    }
    return seen
  }

  /// Every layer, those that a value above hides included.
  var allLayers: [Layer] { [top] + below }

  /// This value with more places below it.
  func over(_ more: [Layer]) -> Layered {
    Layered(top: top, below: below + more)
  }

  /// The place where the field at `path` stands, and who wrote it; a short form stands for all its fields.
  func layer(at path: [Substring]) -> Layer? {
    for layer in layers {
      var node = layer.node
      var rest = path[...]
      if let field = layer.field {
        guard let first = rest.first, first == field else { continue }
        rest = rest.dropFirst()
      }
      while let name = rest.first, node.kind == .mapping, let next = node.value(String(name)) {
        node = next.resolved
        rest = rest.dropFirst()
      }
      if rest.isEmpty || node.kind != .mapping { return Layer(node: node, origin: layer.origin) }
    }
    return nil
  }
}
