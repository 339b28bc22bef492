internal import LocatedYAML

/// What an environment says of a pipeline that it does not replace.
struct PipelineOverrideDraft: Sendable {
  var tune: Tuning?
}

enum PipelineTable {
  static let override = Section(
    "pipeline override", "What an environment changes in the layers of a pipeline.", PipelineOverrideDraft()
  ) {
    Field(
      "tune", .tuning, to: \.tune, mandatory: true, "numbers of single layers that differ from the pipeline's",
      example: "{deadline: 2500ms}")
  }

  /// What an environment can put in the place of a pipeline: other layers, or other numbers.
  static let overrideShape = Shape.either([Notation<[LayerDefinition]>.layers.shape, .map(override.facts)])
}

extension Notation<[LayerDefinition]> {
  /// The most layers that a pipeline can have.
  static var mostLayers: Int { 12 }

  /// A list of layers, outermost first.
  static var layers: Notation {
    Notation(.list(of: .map(LayerTable.layer.facts))) { layered, decoder in
      let layers = decoder.layers(layered)
      layers.map { LayerOrder(layers: $0, decoder: decoder).check() }
      return layers
    }
  }

  /// A pipeline: a list of layers, which an environment can tune.
  static var pipeline: Notation {
    Notation(layers.shape) { layered, decoder in
      guard layered.node.kind == .mapping, let list = layered.layers.last, list.node.kind == .sequence,
        let override = Layered(layered.layers.dropLast())
      else { return layers.read(layered, decoder) }
      guard let filled = PipelineTable.override.read(override, decoder), !filled.isBroken,
        let tuning = filled.draft.tune,
        let layers = decoder.layers(Layered(list.node, origin: list.origin)).flatMap({ tuning.apply(to: $0, decoder) })
      else { return nil }
      LayerOrder(layers: layers, decoder: decoder).check()
      return layers
    }
  }
}

extension LayerDefinition {
  /// The layer in a pipeline that takes it from the one it is written in, or from one that took it from there.
  fileprivate func spliced(from pipeline: String, at place: Location) -> LayerDefinition {
    var layer = self
    layer.splice = Splice(pipeline: splice?.pipeline ?? pipeline, location: place)
    return layer
  }
}

extension PolicyDecoder {
  private static let itemShape = Shape.map(LayerTable.layer.facts)

  /// The layers of a list, with those of the pipelines that it splices; the order of them is not looked at.
  fileprivate func layers(_ layered: Layered) -> [LayerDefinition]? {
    var layers: [LayerDefinition] = []
    layers.reserveCapacity(layered.node.items.count)
    let isComplete = forEachItem(of: layered, Self.itemShape, atLeastOne: false) { item in
      if let layer = layerWrittenAlike(item) {
        layers.append(layer)
        return true
      }
      return readItem(item) { append($0, to: &layers) }
    }
    guard isComplete else { return nil }
    let most = Notation<[LayerDefinition]>.mostLayers
    guard layers.count > most, let first = layers.dropFirst(most).first else { return layers }
    report(
      .outOfRange, "a pipeline has at most \(most) layers; this one has \(layers.count)",
      at: first.splice?.location ?? first.location,
      related: first.splice.map {
        [
          Diagnostic.Related(
            first.location, "the first too many, `\(first.kind.rawValue)` of pipeline `\($0.pipeline)`")
        ]
      } ?? [])
    return nil
  }

  /// One item of a pipeline: a layer, or the layers of another pipeline. Answers whether it could be read.
  private func append(_ item: Node, to layers: inout [LayerDefinition]) -> Bool {
    let layered = Layered(item)
    guard let filled = LayerTable.layer.read(layered, self), !filled.isBroken else { return false }
    let place = Location(layered.node.firstKey ?? layered.node)
    if let splice = filled.draft.splice {
      layers += splice.layers.map { $0.spliced(from: splice.name, at: place) }
      return true
    }
    guard let element = filled.draft.element else { return false }
    layers.append(LayerDefinition(element: element.element, shared: element.shared, location: place))
    return true
  }
}
